#define _GNU_SOURCE
#include "interposer.h"

#if defined(__linux__) && defined(__GLIBC__)

#include <errno.h>
#include <link.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

// What this program defines goes before the C library's own, for all that is loaded; these remain.
extern void *__libc_malloc(size_t);
extern void *__libc_memalign(size_t, size_t);

// Whose requests count: the program's own (the library is linked into it; Swift's runtime is not) and LAPACKE's.
static struct {
  uintptr_t first, last;
} ranges[2];
static atomic_bool is_counting;
static atomic_long count, refused;
static _Atomic size_t refused_size;

static int find_ranges(struct dl_phdr_info *info, size_t size, void *data) {
  const bool is_program = info->dlpi_name[0] == 0;
  if (!is_program && strstr(info->dlpi_name, "lapacke") == NULL) return 0;
  if (strstr(info->dlpi_name, "vdso") != NULL) return 0;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    if (info->dlpi_phdr[i].p_type != PT_LOAD || !(info->dlpi_phdr[i].p_flags & PF_X)) continue;
    const uintptr_t start = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
    // The program comes first.
    const int place = is_program ? 0 : 1;
    if (ranges[place].first == 0) {
      ranges[place].first = start;
      ranges[place].last = start + info->dlpi_phdr[i].p_memsz;
    }
  }
  (void)size;
  (void)data;
  return 0;
}

int32_t interposer_works(void) { return 1; }

void interposer_refuse(int64_t n) {
  dl_iterate_phdr(find_ranges, NULL);
  atomic_store(&count, 0);
  atomic_store(&refused, n);
  atomic_store(&refused_size, 0);
  atomic_store(&is_counting, true);
}

int64_t interposer_stop(void) {
  atomic_store(&is_counting, false);
  return atomic_load(&count);
}

static bool refuses(const void *caller, size_t size, bool is_tried_again) {
  if (!atomic_load_explicit(&is_counting, memory_order_relaxed)) return false;
  const uintptr_t address = (uintptr_t)caller;
  bool counts = false;
  for (int i = 0; i < 2; i++) {
    // Of what a program asks `malloc` for, the library looks only at what is as long as a tensor may be.
    if (i == 0 && !is_tried_again && size < 1 << 16) continue;
    counts |= address >= ranges[i].first && address < ranges[i].last;
  }
  if (!counts) return false;
  // The second attempt is no request of its own.
  size_t expected = size;
  if (is_tried_again && size > 0 && atomic_compare_exchange_strong(&refused_size, &expected, 0)) return true;
  if (atomic_fetch_add(&count, 1) + 1 != atomic_load(&refused)) return false;
  if (is_tried_again) atomic_store(&refused_size, size);
  return true;
}

void *malloc(size_t size) {
  if (refuses(__builtin_return_address(0), size, false)) {
    errno = ENOMEM;
    return NULL;
  }
  return __libc_malloc(size);
}

int posix_memalign(void **block, size_t alignment, size_t size) {
  if (refuses(__builtin_return_address(0), size, true)) return ENOMEM;
  *block = __libc_memalign(alignment, size);
  return *block == NULL ? ENOMEM : 0;
}

void *mmap(void *address, size_t length, int protection, int flags, int file, off_t offset) {
  if ((flags & MAP_ANONYMOUS) && refuses(__builtin_return_address(0), length, true)) {
    errno = ENOMEM;
    return MAP_FAILED;
  }
  return (void *)syscall(SYS_mmap, address, length, protection, flags, file, offset);
}

#else

int32_t interposer_works(void) { return 0; }
void interposer_refuse(int64_t n) { (void)n; }
int64_t interposer_stop(void) { return 0; }

#endif
