// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The `patina` command: finds the verb and hands over. One file a verb.
#include <locale.h>
#include <signal.h>
#include <string.h>

#include "tool.h"

static const char help[] =
    "usage: patina VERB [options]\n"
    "\n"
    "  connect HOST[:PORT]   connect, verify, show what was negotiated, then pipe\n"
    "  serve DIR             serve files over HTTPS\n"
    "  ca init|issue         a certificate authority for tests\n"
    "  doctor                what this build and this machine have\n"
    "\n"
    "  patina VERB --help    more about a verb\n"
    "  patina --version\n"
    "\n"
    "Every verb takes --json, --quiet and --color=auto|always|never (NO_COLOR is honoured).\n"
    "exit status: 0 ok, 1 usage, 2 DNS or TCP, 3 TLS, 4 certificate or name, 5 revoked,\n"
    "6 time-out, 7 other\n";

struct verb {
    const char *name;
    int (*run)(struct ui *ui, struct args *a);
};
static const struct verb verbs[] = {
    {"connect", verb_connect},
    {"serve", verb_serve},
    {"ca", verb_ca},
    {"doctor", verb_doctor},
};

// What was written to standard output must have arrived, or the status lies.
static int finish(const struct ui *ui, int status)
{
    if (fflush(stdout) != 0 && status == EXIT_OK) {
        return ui_error(ui, EXIT_OTHER, "standard output cannot be written");
    }
    return status;
}

int main(int argc, char **argv)
{
    struct ui ui = {0};
    setlocale(LC_CTYPE, "");
    signal(SIGPIPE, SIG_IGN);
    setvbuf(stderr, NULL, _IOLBF, BUFSIZ); // lines, not single characters
    if (argc < 2) {
        fputs(help, stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        fputs(help, stdout);
        return finish(&ui, EXIT_OK);
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("patina %s\n", patina_version_string());
        return finish(&ui, EXIT_OK);
    }
    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
        if (strcmp(argv[1], verbs[i].name) == 0) {
            struct args a = {.argv = argv + 1, .argc = argc - 1};
            ui.verb = verbs[i].name;
            return finish(&ui, verbs[i].run(&ui, &a));
        }
    }
    return ui_error(&ui, EXIT_USAGE, "unknown verb \"%s\" (patina --help)", argv[1]);
}
