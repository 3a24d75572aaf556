// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Tests of checks that end the process: the call is made in a child, which must die of abort().
#ifndef PTN_TESTS_PANICS_H
#define PTN_TESTS_PANICS_H

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static inline bool panics(void (*call)(void))
{
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        int null = open("/dev/null", O_WRONLY);
        (void)signal(SIGABRT, SIG_DFL);
        if (null >= 0) {
            (void)dup2(null, STDERR_FILENO);
            (void)dup2(null, STDOUT_FILENO);
        }
        call();
        _exit(0);
    }
    int status = 0;
    return child > 0 && waitpid(child, &status, 0) == child && WIFSIGNALED(status) &&
           WTERMSIG(status) == SIGABRT;
}

#endif
