/// Refuses memory to the library, at a place that is chosen by counting.
#ifndef INTERPOSER_H
#define INTERPOSER_H

#include <stdint.h>

/// Whether anything is refused here at all: with glibc on Linux.
int32_t interposer_works(void);

/// From now on counts what the library asks the system for (its buffers, what it asks for before it makes an array, LAPACKE's
/// work space), and refuses the n-th, with the second attempt that follows for a buffer; 0 refuses nothing.
void interposer_refuse(int64_t n);

/// Stops counting; how many requests there were.
int64_t interposer_stop(void);

#endif
