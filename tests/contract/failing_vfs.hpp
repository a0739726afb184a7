// An SQLite VFS for tests that does what disks do: gets full, fails an fsync, or takes its time
// over one. It passes everything else on to the system's VFS. Threading: any.
#pragma once

namespace plenary::contract::failing_vfs {

// Registers it, once, in its faultless state.
const char* name();

// While full, files do not grow; what is there can be overwritten. The write that hits the end is
// half done.
void set_full(bool full);
void fail_syncs(bool failing);
// While held, syncs wait. Releasing lets all go on.
void hold_syncs(bool held);
// Waits until a sync is waiting, then how many there have been, that one included.
int wait_until_held();
int syncs();

}  // namespace plenary::contract::failing_vfs
