/// What Swift's own language has no word for: ends of guarded sections, reference counts, a clock of recorded work,
/// memory that may be refused, the settings of the floating-point unit.
#ifndef CK_RUNTIME_H
#define CK_RUNTIME_H

#include <stdint.h>

/// Calls that do nothing, at both ends of a section under a lock.
///
/// Swift's optimizer may move a retain below an atomic store, and a load above an exchange of another variable; it
/// moves neither past a call that it cannot look into, because that call might release. (A pthread mutex gives the same
/// guarantee by the same means, for three times the price.)
void ck_section_begins(void);
void ck_section_ends(void);

/// How many strong references there are to a Swift object: a hint, because another thread may change it at any time.
int64_t ck_reference_count(const void *object);

/// Advances the calling thread's clock of recorded work by `units`, and returns its time.
///
/// The clocks of all threads run in blocks of one common clock: what is recorded on a node that another thread has
/// recorded is never far off.
int64_t ck_advance_work_clock(int64_t units);

/// Whether the system gives so many bytes: they are taken and given back.
int32_t ck_has_memory(int64_t bytes);

/// How the calling thread's floating-point unit is set: rounding mode, traps, flushing of subnormals; no flags of what happened.
uint64_t ck_float_settings(void);
void ck_use_float_settings(uint64_t settings);

#endif
