// Stores past the caches, a whole line at a time.

static void store_past_caches(void *y, const void *a, int64_t bytes) {
  char *to = y;
  const char *from = a;
  int64_t head = (int64_t)(-(uintptr_t)to & 63);
  if (head > bytes) head = bytes;
  memcpy(to, from, (size_t)head);
  int64_t i = head;
  for (; i + 64 <= bytes; i += 64)
    for (int part = 0; part < 64; part += CK_VECTOR_BYTES)
      __builtin_nontemporal_store(u32_load((const uint32_t *)(from + i + part)), (u32v *)(to + i + part));
  memcpy(to + i, from + i, (size_t)(bytes - i));
}
