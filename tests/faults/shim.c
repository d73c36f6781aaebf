/* Stands between a program and the C library: counts the calls that change files below BIAOCHI_FAULT_DIR, and at the
   chosen one ends the process (as a power cut does) or answers with an error (as a full or broken disk does). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static long chosen;   /* the call at which to interrupt, counted from 1; 0: none */
static int reason;    /* an error number; 0: the end of the process */
static int shared = -1; /* where the calls are told by name, a byte string for each */
static long count;

void fault_arm(long at, int error, int log) { chosen = at; reason = error; shared = log; count = 0; }

static int inside(const char *path) {
  const char *dir = getenv("BIAOCHI_FAULT_DIR");
  return dir && path && strncmp(path, dir, strlen(dir)) == 0;
}

static int inside_fd(int fd) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return inside(path);
}

static int inside_at(int dir, const char *path) {
  return path && (path[0] == '/' || dir == AT_FDCWD ? inside(path) : inside_fd(dir));
}

/* Whether this call is to fail; does not come back where the process is to end. */
static int struck(const char *name, int concerned) {
  if (shared < 0 || !concerned) return 0;
  static ssize_t (*say)(int, const void *, size_t);
  if (!say) say = dlsym(RTLD_NEXT, "write");
  char line[64];
  int length = snprintf(line, sizeof line, "%s\n", name);
  say(shared, line, length);
  if (__sync_add_and_fetch(&count, 1) != chosen) return 0;
  if (!reason) { kill(getpid(), SIGKILL); for (;;) pause(); }
  errno = reason;
  return 1;
}

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
#define WRITES(flags) ((flags) & (O_CREAT | O_WRONLY | O_RDWR | O_TRUNC))

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    va_list more; va_start(more, flags); mode_t mode = va_arg(more, int); va_end(more); \
    REAL(name); \
    return WRITES(flags) && struck("open", inside(path)) ? -1 : real(path, flags, mode); }
#define OPENAT(name) \
  int name(int dir, const char *path, int flags, ...) { \
    va_list more; va_start(more, flags); mode_t mode = va_arg(more, int); va_end(more); \
    REAL(name); \
    return WRITES(flags) && struck("open", inside_at(dir, path)) ? -1 : real(dir, path, flags, mode); }
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

#define CALL(result, name, said, concerned, takes, ...) \
  result name takes { REAL(name); return struck(said, concerned) ? (result)-1 : real(__VA_ARGS__); }
CALL(int, creat, "open", inside(path), (const char *path, mode_t mode), path, mode)
CALL(ssize_t, write, "write", inside_fd(fd), (int fd, const void *data, size_t size), fd, data, size)
CALL(ssize_t, pwrite, "write", inside_fd(fd), (int fd, const void *data, size_t size, off_t at), fd, data, size, at)
CALL(ssize_t, pwrite64, "write", inside_fd(fd), (int fd, const void *data, size_t size, off64_t at), fd, data, size, at)
CALL(ssize_t, writev, "write", inside_fd(fd), (int fd, const struct iovec *data, int parts), fd, data, parts)
CALL(int, fsync, "fsync", inside_fd(fd), (int fd), fd)
CALL(int, fdatasync, "fsync", inside_fd(fd), (int fd), fd)
CALL(int, ftruncate, "truncate", inside_fd(fd), (int fd, off_t size), fd, size)
CALL(int, ftruncate64, "truncate", inside_fd(fd), (int fd, off64_t size), fd, size)
CALL(int, fchmod, "chmod", inside_fd(fd), (int fd, mode_t mode), fd, mode)
CALL(int, chmod, "chmod", inside(path), (const char *path, mode_t mode), path, mode)
CALL(int, mkdir, "mkdir", inside(path), (const char *path, mode_t mode), path, mode)
CALL(int, rmdir, "rmdir", inside(path), (const char *path), path)
CALL(int, unlink, "unlink", inside(path), (const char *path), path)
CALL(int, unlinkat, "unlink", inside_at(dir, path), (int dir, const char *path, int flags), dir, path, flags)
CALL(int, rename, "rename", inside(to), (const char *from, const char *to), from, to)
CALL(int, renameat, "rename", inside_at(there, to), (int here, const char *from, int there, const char *to), here, from, there, to)

/* A file that could not be closed is closed all the same, as Linux does it. */
int close(int fd) {
  REAL(close);
  int concerned = shared >= 0 && (fcntl(fd, F_GETFL) & O_ACCMODE) != O_RDONLY && inside_fd(fd);
  if (!struck("close", concerned)) return real(fd);
  real(fd);
  errno = reason;
  return -1;
}
