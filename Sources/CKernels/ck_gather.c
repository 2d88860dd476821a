// Strided copies: one odometer over all dimensions but the last, and a run along the last.
#include <stdbool.h>
#include <string.h>
#include "ck_program.h"

#define CK_MAXIMUM_RANK 64

// A repeated element is read once: the compiler cannot know that the copy leaves it as it is.
#define RUN(T) \
  do { \
    if (gather && inner == 0) { \
      T *d = (T *)linear; \
      const T repeated = *(const T *)at; \
      for (int64_t i = 0; i < run; i++) d[i] = repeated; \
    } else if (gather) { \
      T *d = (T *)linear; \
      for (int64_t i = 0; i < run; i++) d[i] = *(const T *)(at + i * inner); \
    } else { \
      const T *d = (const T *)linear; \
      for (int64_t i = 0; i < run; i++) *(T *)(at + i * inner) = d[i]; \
    } \
  } while (0)

static inline __attribute__((always_inline)) void walk(const int gather, char *linear, char *base, int32_t rank,
                                                       const int64_t *shape, const int64_t *strides, int64_t start,
                                                       int64_t count, int32_t size) {
  int64_t index[CK_MAXIMUM_RANK];
  char *at = base;
  int64_t rest = start;
  for (int32_t d = rank - 1; d >= 0; d--) {
    int64_t next = rest / shape[d];
    index[d] = rest - next * shape[d];
    at += index[d] * strides[d];
    rest = next;
  }
  int32_t last = rank - 1;
  int64_t extent = rank ? shape[last] : 1, inner = rank ? strides[last] : 0;
  int64_t position = rank ? index[last] : 0;
  while (count > 0) {
    int64_t run = extent - position < count ? extent - position : count;
    if (inner == size && run >= 16) {
      if (gather) memcpy(linear, at, (size_t)(run * size)); else memcpy(at, linear, (size_t)(run * size));
    } else if (size == 4) {
      RUN(uint32_t);
    } else if (size == 8) {
      RUN(uint64_t);
    } else {
      RUN(uint8_t);
    }
    linear += run * size;
    count -= run;
    if (count <= 0) break;
    at -= position * inner;
    position = 0;
    for (int32_t d = last - 1; d >= 0; d--) {
      at += strides[d];
      if (++index[d] < shape[d]) break;
      at -= shape[d] * strides[d];
      index[d] = 0;
    }
  }
}

void ck_gather(void *destination, const char *base, int32_t rank, const int64_t *shape, const int64_t *strides,
               int64_t start, int64_t count, int32_t element_size) {
  walk(1, destination, (char *)base, rank, shape, strides, start, count, element_size);
}

void ck_spread(char *base, const void *source, int32_t rank, const int64_t *shape, const int64_t *strides,
               int64_t start, int64_t count, int32_t element_size) {
  walk(0, (char *)source, base, rank, shape, strides, start, count, element_size);
}

// The elements of one row of the space, of which the array has every `step`-th from `first` on.
static void place_row(char *row, int64_t position, int64_t run, const char *at, int64_t first, int64_t step,
                      int64_t extent, int64_t stride, int32_t size) {
  int64_t k = step < 0 || position <= first ? 0 : (position - first + step - 1) / step;
  if (step == 1 && stride == size) {
    const int64_t place = first + k - position;
    int64_t length = extent - k < run - place ? extent - k : run - place;
    if (length > 0) memcpy(row + place * size, at + k * size, (size_t)(length * size));
    return;
  }
  for (; k < extent; k++) {
    const int64_t place = first + k * step - position;
    if (place < 0 || place >= run) {
      if (step > 0) return;
      continue;
    }
    const char *from = at + k * stride;
    if (size == 4) ((uint32_t *)row)[place] = *(const uint32_t *)from;
    else if (size == 8) ((uint64_t *)row)[place] = *(const uint64_t *)from;
    else ((uint8_t *)row)[place] = *(const uint8_t *)from;
  }
}

void ck_place(void *destination, const char *base, int32_t rank, const int64_t *shape, const int64_t *starts,
              const int64_t *steps, const int64_t *extents, const int64_t *strides, int64_t start, int64_t count,
              int32_t size) {
  char *linear = destination;
  int64_t index[CK_MAXIMUM_RANK];
  int64_t rest = start;
  const int32_t last = rank - 1;
  for (int32_t d = last; d >= 0; d--) {
    const int64_t next = rest / shape[d];
    index[d] = rest - next * shape[d];
    rest = next;
  }
  memset(linear, 0, (size_t)(count * size));
  int64_t position = index[last];
  while (count > 0) {
    const int64_t run = shape[last] - position < count ? shape[last] - position : count;
    const char *at = base;
    bool inside = true;
    for (int32_t d = 0; d < last && inside; d++) {
      const int64_t from_start = index[d] - starts[d];
      const int64_t k = from_start / steps[d];
      inside = k * steps[d] == from_start && k >= 0 && k < extents[d];
      at += k * strides[d];
    }
    if (inside) place_row(linear, position, run, at, starts[last], steps[last], extents[last], strides[last], size);
    linear += run * size;
    count -= run;
    position = 0;
    for (int32_t d = last - 1; d >= 0; d--) {
      if (++index[d] < shape[d]) break;
      index[d] = 0;
    }
  }
}
