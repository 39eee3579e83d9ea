/*
 * A library that a program is started with (LD_PRELOAD), and which then ends it, or lets its disk be full, at one of
 * its steps. A step is a system call that changes what others can see: in a file system, or through a socket. Between
 * two steps a killed program leaves the same behind wherever it is killed, so that one kill before each of them proves
 * what a kill at any moment does.
 *
 * Writes to one file or socket that follow each other are one step.
 *
 *   FAULT_STEP   the number of the step before which it happens, from 1; 0 or nothing for none
 *   FAULT_KIND   kill: the program is killed (SIGKILL); full: this and every later step that needs room on a disk
 *                fails with ENOSPC; broken: they fail with EIO
 *   FAULT_LOG    a file that takes a line for every step: the call, and the name of the file
 *
 * It has no interface besides.
 */
