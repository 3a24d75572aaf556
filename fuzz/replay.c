// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Runs one fuzz target over every file of a folder, each in memory of exactly its size, and prints
// TAP: a crash, a finding of a sanitizer or an empty folder is a failed suite. Needs no fuzzer, so
// every build and compiler can replay.
#include "fuzz.h"

#include <dirent.h>
#include <string.h>

static void replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    MUST(file != NULL && fseek(file, 0, SEEK_END) == 0);
    long size = ftell(file);
    MUST(size >= 0 && fseek(file, 0, SEEK_SET) == 0);
    uint8_t *bytes = malloc(size == 0 ? 1 : (size_t)size);
    MUST(bytes != NULL && fread(bytes, 1, (size_t)size, file) == (size_t)size);
    (void)fclose(file);
    (void)LLVMFuzzerTestOneInput(bytes, (size_t)size);
    free(bytes);
}

int main(int argc, char **argv)
{
    char path[4096];
    size_t count = 0;
    DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
    MUST(folder != NULL);
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (entry->d_name[0] != '.') {
            (void)snprintf(path, sizeof path, "%s/%s", argv[1], entry->d_name);
            replay_file(path);
            count++;
        }
    }
    (void)closedir(folder);
    printf("%s 1 - %zu inputs replayed\n1..1\n", count == 0 ? "not ok" : "ok", count);
    return count == 0;
}
