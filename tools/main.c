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
    "  check HOST[:PORT]     what a server agrees to, good, doubtful or bad, and why\n"
    "  cert show|verify|...  looks at certificates, judges chains, says why\n"
    "  ca init|issue|...     a certificate authority for tests\n"
    "  doctor                what this build and this machine have\n"
    "\n"
    "  patina help VERB      more about a verb (also patina VERB --help)\n"
    "  patina version        also patina --version\n"
    "\n"
    "Every verb takes --json, --quiet and --color=auto|always|never (NO_COLOR is honoured).\n"
    "exit status: 0 ok, 1 usage, 2 DNS or TCP, 3 TLS, 4 certificate or name, 5 revoked,\n"
    "6 time-out, 7 other\n";

struct verb {
    const char *name;
    int (*run)(struct ui *ui, struct args *a);
};
static const struct verb verbs[] = {
    {"connect", verb_connect}, {"serve", verb_serve}, {"check", verb_check},
    {"cert", verb_cert},       {"ca", verb_ca},       {"doctor", verb_doctor},
};

// What was written to standard output must have arrived, or the status lies.
static int finish(const struct ui *ui, int status)
{
    if (fflush(stdout) != 0 && status == EXIT_OK) {
        return ui_error(ui, EXIT_OTHER, "standard output cannot be written");
    }
    return status;
}

static int run_verb(struct ui *ui, int argc, char **argv)
{
    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
        if (strcmp(argv[0], verbs[i].name) == 0) {
            struct args a = {.argv = argv, .argc = argc};
            ui->verb = verbs[i].name;
            return verbs[i].run(ui, &a);
        }
    }
    return ui_error(ui, EXIT_USAGE, "unknown verb \"%s\" (patina --help)", argv[0]);
}

// --json wherever it stands: the command line may be wrong before it is read that far.
static bool wants_json(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--json") == 0) {
            return true;
        }
    }
    return false;
}

// The JSON of a failure that a verb only complained about.
static void put_json(const struct ui *ui, int status)
{
    struct json j = {.out = stdout};
    json_open(&j, NULL, '{');
    json_bool(&j, "ok", false);
    json_number(&j, "exit", status);
    json_open(&j, "error", '{');
    json_string(&j, "why", ui->notes->complaint);
    json_close(&j, '}');
    json_close(&j, '}');
    json_end(&j);
}

static bool is_word(const char *arg, const char *word, const char *option, const char *letter)
{
    return strcmp(arg, word) == 0 || strcmp(arg, option) == 0 || strcmp(arg, letter) == 0;
}

int main(int argc, char **argv)
{
    struct ui_notes notes = {{0}};
    struct ui ui = {.notes = &notes};
    setlocale(LC_CTYPE, "");
    signal(SIGPIPE, SIG_IGN);
    setvbuf(stderr, NULL, _IOLBF, BUFSIZ); // lines, not single characters
    if (argc < 2) {
        fputs(help, stderr);
        return EXIT_USAGE;
    }
    if (is_word(argv[1], "help", "--help", "-h")) {
        if (argc > 2 && argv[2][0] != '-') {
            char option[] = "--help";
            char *words[] = {argv[2], option, NULL};
            return finish(&ui, run_verb(&ui, 2, words));
        }
        fputs(help, stdout);
        return finish(&ui, EXIT_OK);
    }
    if (is_word(argv[1], "version", "--version", "-V")) {
        printf("patina %s\n", patina_version_string());
        return finish(&ui, EXIT_OK);
    }
    int status = run_verb(&ui, argc - 1, argv + 1);
    if (status != EXIT_OK && notes.complaint[0] != '\0' && wants_json(argc, argv)) {
        put_json(&ui, status);
    }
    return finish(&ui, status);
}
