// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The pipe that wakes a blocking stream when a suspended operation completed on another thread.
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "stream/internal.h"

struct patina_stream_waker {
    const struct patina_allocator *alloc;
    int read_fd, write_fd;
};

// Called by the completing thread. A full pipe is as good as one more byte in it.
static void wake(void *loop, uint64_t token)
{
    const struct patina_stream_waker *w = loop;
    const char byte = 1;
    ssize_t n = 0;
    (void)token;
    do {
        n = write(w->write_fd, &byte, 1);
    } while (n < 0 && errno == EINTR);
}

static bool set_flags(int fd)
{
    int status = fcntl(fd, F_GETFL);
    return status >= 0 && fcntl(fd, F_SETFL, status | O_NONBLOCK) == 0 &&
           fcntl(fd, F_SETFD, FD_CLOEXEC) == 0;
}

patina_err patina_stream_waker_new(const struct patina_allocator *alloc,
                                   struct patina_stream_waker **out)
{
    if (out == NULL) {
        return PATINA_ERR_MISUSE;
    }
    *out = NULL;
    struct patina_stream_waker *w = ptn_stream_alloc(alloc, sizeof(*w));
    if (w == NULL) {
        return PATINA_ERR_NO_MEMORY;
    }
    int fds[2];
    if (pipe(fds) != 0) {
        ptn_stream_release(alloc, w, sizeof(*w));
        return PATINA_ERR_IO;
    }
    *w = (struct patina_stream_waker){.alloc = alloc, .read_fd = fds[0], .write_fd = fds[1]};
    if (!set_flags(fds[0]) || !set_flags(fds[1])) {
        patina_stream_waker_free(w);
        return PATINA_ERR_IO;
    }
    *out = w;
    return PATINA_OK;
}

struct patina_waker patina_stream_waker_get(struct patina_stream_waker *w)
{
    return (struct patina_waker){.wake = wake, .loop = w, .token = 0};
}

int patina_stream_waker_fd(const struct patina_stream_waker *w)
{
    return w->read_fd;
}

void patina_stream_waker_clear(struct patina_stream_waker *w)
{
    char bytes[64];
    ssize_t n = 0;
    do {
        n = read(w->read_fd, bytes, sizeof(bytes));
    } while (n > 0 || (n < 0 && errno == EINTR));
}

void patina_stream_waker_free(struct patina_stream_waker *w)
{
    if (w == NULL) {
        return;
    }
    close(w->read_fd);
    close(w->write_fd);
    ptn_stream_release(w->alloc, w, sizeof(*w));
}
