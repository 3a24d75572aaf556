// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// `patina serve DIR`: static files over HTTP/1.1 and TLS 1.3. Options, credentials, threads,
// signals; the connections live in worker.c. Called by main.c.
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tool.h"
#include "worker.h"

static const char help[] =
    "usage: patina serve DIR --cert FILE --key FILE [options]\n"
    "\n"
    "Serves the files of DIR over HTTP/1.1 and TLS 1.3: GET and HEAD with ranges, folders by "
    "their\n"
    "index.html or as a list. Nothing outside of DIR is served, nor what begins with a dot, nor "
    "private\n"
    "keys and other files that not everyone on this machine may read. Bodies of POST and PUT are\n"
    "counted and thrown away. SIGINT and SIGTERM end it.\n"
    "\n"
    "  --cert FILE --key FILE  certificate chain and private key (PEM); repeat both for more "
    "names:\n"
    "                          the first that fits the client's server name is used\n"
    "  --listen ADDR:PORT      127.0.0.1:8443 unless given; a port alone is on 127.0.0.1; port 0 "
    "lets\n"
    "                          the system choose\n"
    "  --provider NAME         awslc or openssl\n"
    "  --groups LIST  --suites LIST   as for patina connect\n"
    "  --alpn LIST             application protocols (http/1.1)\n"
    "  --threads N             worker threads (as many as processors, up to 4)\n"
    "  --handshake-timeout S   seconds for a handshake (10)\n"
    "  --idle-timeout S        seconds of silence (60)\n"
    "  --max-half-open N       handshakes at once, in each thread (256)\n"
    "  --once N                end after N connections\n"
    "  --log                   a line a request and a failure on standard error\n"
    "  --json                  where it listens, as JSON\n"
    "  --quiet  --color=auto|always|never  --help\n";

enum {
    O_CERT,
    O_KEY,
    O_LISTEN,
    O_PROVIDER,
    O_GROUPS,
    O_SUITES,
    O_ALPN,
    O_THREADS,
    O_HANDSHAKE,
    O_IDLE,
    O_HALF_OPEN,
    O_ONCE,
    O_LOG,
    O_COUNT
};
static const struct option options[O_COUNT] = {
    [O_CERT] = {"--cert", true},
    [O_KEY] = {"--key", true},
    [O_LISTEN] = {"--listen", true},
    [O_PROVIDER] = {"--provider", true},
    [O_GROUPS] = {"--groups", true},
    [O_SUITES] = {"--suites", true},
    [O_ALPN] = {"--alpn", true},
    [O_THREADS] = {"--threads", true},
    [O_HANDSHAKE] = {"--handshake-timeout", true},
    [O_IDLE] = {"--idle-timeout", true},
    [O_HALF_OPEN] = {"--max-half-open", true},
    [O_ONCE] = {"--once", true},
    [O_LOG] = {"--log", false},
};

#define CREDENTIALS_MAX 32
#define THREADS_MAX 64

struct serve {
    struct ui *ui;
    const char *dir, *provider_name;
    const char *certs[CREDENTIALS_MAX], *keys[CREDENTIALS_MAX];
    size_t certs_count, keys_count;
    char host[HOST_MAX], port[PORT_MAX];
    struct codes groups, suites;
    char *alpn_text;
    patina_span alpn[PROTOCOLS_MAX];
    size_t alpn_count;
    uint64_t threads;

    const struct patina_provider *provider;
    struct patina_credential *credentials[CREDENTIALS_MAX];
    size_t credentials_count;
    struct file_id secrets[2 * CREDENTIALS_MAX];
    size_t secrets_count;
    struct serve_shared shared;
};

// ---- Options.

static bool read_number(const struct serve *s, const char *value, const char *name, uint64_t most,
                        uint64_t *out)
{
    if (parse_uint(value, most, out) && *out > 0) {
        return true;
    }
    ui_complain(s->ui, "%s takes a number from 1 to %llu, not \"%s\"", name,
                (unsigned long long)most, value);
    return false;
}

static bool read_limit(struct serve *s, int option, const char *value)
{
    uint64_t n = 0;
    if (!read_number(s, value, options[option].name, option == O_THREADS ? THREADS_MAX : 1000000,
                     &n)) {
        return false;
    }
    if (option == O_THREADS) {
        s->threads = n;
    } else if (option == O_HANDSHAKE) {
        s->shared.handshake_ms = (uint32_t)n * 1000;
    } else if (option == O_IDLE) {
        s->shared.idle_ms = (uint32_t)n * 1000;
    } else if (option == O_HALF_OPEN) {
        s->shared.max_half_open = (size_t)n;
    } else {
        s->shared.once = n;
    }
    return true;
}

static bool read_list(struct serve *s, int option, const char *value)
{
    char bad[64] = "";
    if (option == O_ALPN) {
        free(s->alpn_text);
        s->alpn_text = strdup(value);
        if (s->alpn_text != NULL && parse_protocols(s->alpn_text, s->alpn, &s->alpn_count)) {
            return true;
        }
        ui_complain(s->ui, "--alpn takes up to %d names, comma separated", PROTOCOLS_MAX);
        return false;
    }
    if (option == O_GROUPS ? parse_groups(value, &s->groups, bad)
                           : parse_suites(value, &s->suites, bad)) {
        return true;
    }
    ui_complain(s->ui, "unknown %s \"%s\"", option == O_GROUPS ? "group" : "suite", bad);
    return false;
}

// A bare port, "8443" or ":8443", is one of this machine's own: a server for everyone has to be
// asked for by name.
static bool read_listen(struct serve *s, const char *value)
{
    uint16_t number = 0;
    const char *bare = value[0] == ':' && value[1] != ':' ? value + 1 : value;
    if (bare != value || strspn(bare, "0123456789") == strlen(bare)) {
        snprintf(s->host, sizeof(s->host), "127.0.0.1");
        snprintf(s->port, sizeof(s->port), "%s", bare);
    } else if (!parse_host_port(value, s->host, s->port)) {
        ui_complain(s->ui, "--listen takes ADDR:PORT, not \"%s\"", value);
        return false;
    }
    if (!parse_port(s->port, 0, &number)) {
        ui_complain(s->ui, "\"%s\" is not a port (0 to 65535)", s->port);
        return false;
    }
    return true;
}

static bool read_option(struct serve *s, int option, const char *value)
{
    switch (option) {
    case O_CERT:
    case O_KEY:
        if (s->certs_count == CREDENTIALS_MAX || s->keys_count == CREDENTIALS_MAX) {
            ui_complain(s->ui, "more than %d certificates", CREDENTIALS_MAX - 1);
            return false;
        }
        if (option == O_CERT) {
            s->certs[s->certs_count++] = value;
        } else {
            s->keys[s->keys_count++] = value;
        }
        return true;
    case O_LISTEN:
        return read_listen(s, value);
    case O_PROVIDER:
        s->provider_name = value;
        return true;
    case O_GROUPS:
    case O_SUITES:
    case O_ALPN:
        return read_list(s, option, value);
    case O_LOG:
        s->shared.log = true;
        return true;
    default:
        return read_limit(s, option, value);
    }
}

static int read_args(struct serve *s, struct args *a)
{
    const char *value = NULL;
    for (int option = 0; option != ARGS_END;) {
        option = args_next(a, options, O_COUNT, s->ui, &value);
        if (option == ARGS_BAD || (option >= 0 && !read_option(s, option, value))) {
            return EXIT_USAGE;
        }
        if (option == ARGS_POSITIONAL) {
            if (s->dir != NULL) {
                return ui_error(s->ui, EXIT_USAGE, "more than one folder: \"%s\"", value);
            }
            s->dir = value;
        }
    }
    if (s->ui->help) {
        return EXIT_OK;
    }
    if (s->dir == NULL) {
        return ui_error(s->ui, EXIT_USAGE, "which folder? (patina serve --help)");
    }
    if (s->certs_count == 0 || s->certs_count != s->keys_count) {
        return ui_error(s->ui, EXIT_USAGE, "a --cert FILE and a --key FILE each are needed");
    }
    return EXIT_OK;
}

// ---- Setup.

// Notes a file with a private key, so that it is never served, and says so when it could be asked
// for.
static void note_secret(struct serve *s, const char *path)
{
    struct stat st;
    if (stat(path, &st) == 0) {
        s->secrets[s->secrets_count++] = (struct file_id){st.st_dev, st.st_ino};
    }
    char *file = realpath(path, NULL);
    char *folder = realpath(s->dir, NULL);
    size_t len = folder != NULL ? strlen(folder) : 0;
    len = len == 1 ? 0 : len; // "/"
    if (file != NULL && folder != NULL && strncmp(file, folder, len) == 0 && file[len] == '/') {
        ui_warn(s->ui,
                "warning: the private key %s stands inside the folder that is served; it is not "
                "served, but belongs elsewhere",
                path);
    }
    free(file);
    free(folder);
}

static bool has_private_key(const char *pem, size_t len)
{
    static const char mark[] = "PRIVATE KEY-----";
    return memmem(pem, len, mark, sizeof(mark) - 1) != NULL;
}

// What people meet most, and what would mend it.
static const char *credential_hint(patina_err e, const char *key_pem, size_t key_len)
{
    static const char encrypted[] = "ENCRYPTED";
    if (e == PATINA_ERR_KEY_MISMATCH) {
        return " (the first certificate of the file must be the server's own)";
    }
    bool locked = memmem(key_pem, key_len, encrypted, sizeof(encrypted) - 1) != NULL;
    return locked ? " (the key is encrypted: write it without a passphrase with openssl pkey)" : "";
}

static int load_credential(struct serve *s, const char *cert, const char *key)
{
    size_t cert_len = 0;
    size_t key_len = 0;
    char *cert_pem = file_read(cert, &cert_len);
    if (cert_pem == NULL) {
        return ui_error(s->ui, EXIT_USAGE, "%s: %s", cert, strerror(errno));
    }
    char *key_pem = file_read(key, &key_len);
    if (key_pem == NULL) {
        free(cert_pem);
        return ui_error(s->ui, EXIT_USAGE, "%s: %s", key, strerror(errno));
    }
    struct patina_credential_options o = PATINA_CREDENTIAL_OPTIONS_INIT;
    o.provider = s->provider;
    o.chain_pem = (patina_span){(const uint8_t *)cert_pem, cert_len};
    o.key_pem = (patina_span){(const uint8_t *)key_pem, key_len};
    struct patina_report report = {0};
    patina_err e = patina_credential_new(&o, &s->credentials[s->credentials_count], &report);
    const char *hint = credential_hint(e, key_pem, key_len);
    note_secret(s, key);
    if (has_private_key(cert_pem, cert_len)) {
        note_secret(s, cert);
    }
    patina_wipe(cert_pem, cert_len); // there may be a key in it too
    patina_wipe(key_pem, key_len);
    free(key_pem);
    free(cert_pem);
    if (e != PATINA_OK) {
        char why[ERROR_TEXT_MAX];
        error_text(e, &report, why);
        // Whatever is wrong with a file that was given: it is the caller's to mend.
        int status = patina_err_class(e) == PATINA_CLASS_OURS ? EXIT_OTHER : EXIT_USAGE;
        return ui_error(s->ui, status, "%s and %s: %s%s", cert, key, why, hint);
    }
    s->credentials_count++;
    return EXIT_OK;
}

static int make_config(struct serve *s)
{
    s->provider = provider_by_name(s->provider_name);
    if (s->provider == NULL) {
        return ui_error(s->ui, EXIT_USAGE, "this build has no provider \"%s\"",
                        s->provider_name != NULL ? s->provider_name : "at all");
    }
    for (size_t i = 0; i < s->certs_count; i++) {
        int status = load_credential(s, s->certs[i], s->keys[i]);
        if (status != EXIT_OK) {
            return status;
        }
    }
    static const char http11[] = "http/1.1";
    if (s->alpn_count == 0) {
        s->alpn[s->alpn_count++] = (patina_span){(const uint8_t *)http11, sizeof(http11) - 1};
    }
    struct patina_server_options o = PATINA_SERVER_OPTIONS_INIT;
    o.provider = s->provider;
    o.clock = patina_clock_system();
    o.credentials = s->credentials;
    o.credentials_count = s->credentials_count;
    o.alpn = s->alpn;
    o.alpn_count = s->alpn_count;
    o.groups = s->groups.count > 0 ? s->groups.list : NULL;
    o.groups_count = s->groups.count;
    o.suites = s->suites.count > 0 ? s->suites.list : NULL;
    o.suites_count = s->suites.count;
    struct patina_report report = {0};
    patina_err e = patina_server_config_new(&o, &s->shared.config, &report);
    if (e != PATINA_OK) {
        char why[ERROR_TEXT_MAX];
        error_text(e, &report, why);
        return ui_error(s->ui, exit_status_of(e), "%s", why);
    }
    return EXIT_OK;
}

static int open_sockets(struct serve *s, uint16_t *out_port)
{
    char why[512] = "";
    s->shared.site.secrets = s->secrets;
    s->shared.site.secrets_count = s->secrets_count;
    s->shared.site.root = open(s->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (s->shared.site.root < 0) {
        return ui_error(s->ui, EXIT_USAGE, "%s: %s", s->dir, strerror(errno));
    }
    s->shared.listener = net_listen(s->host, s->port, out_port, why, sizeof(why));
    if (s->shared.listener < 0) {
        return ui_error(s->ui, EXIT_NETWORK, "%s", why);
    }
    int fds[2];
    if (pipe2(fds, O_CLOEXEC | O_NONBLOCK) != 0) {
        return ui_error(s->ui, EXIT_OTHER, "%s", strerror(errno));
    }
    s->shared.stop_read = fds[0];
    s->shared.stop_write = fds[1];
    return EXIT_OK;
}

// As many descriptors as are allowed; two a connection.
static void set_limits(struct serve *s)
{
    struct rlimit limit;
    rlim_t files = 1024;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max < 65536 ? limit.rlim_max : 65536;
        (void)setrlimit(RLIMIT_NOFILE, &limit);
        files = limit.rlim_cur;
    }
    if (s->threads == 0) {
        long cpus = s->shared.once > 0 ? 1 : sysconf(_SC_NPROCESSORS_ONLN);
        s->threads = cpus < 1 ? 1 : cpus > 4 ? 4 : (uint64_t)cpus;
    }
    s->shared.max_connections = files > 64 ? (size_t)((files - 32) / 2 / s->threads) : 16;
}

// ---- Running.

static int stop_fd = -1; // for the signal handler alone

static void on_signal(int number)
{
    int saved = errno;
    (void)number;
    (void)!write(stop_fd, "", 1);
    errno = saved;
}

static void catch_signals(int fd)
{
    stop_fd = fd;
    struct sigaction sa = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    sigemptyset(&sa.sa_mask);
    sigaction(SIGINT, &sa, NULL);
    sigaction(SIGTERM, &sa, NULL);
}

static void say_listening(const struct serve *s, uint16_t port)
{
    bool v6 = strchr(s->host, ':') != NULL;
    char url[HOST_MAX + 32];
    snprintf(url, sizeof(url), "https://%s%s%s:%u/", v6 ? "[" : "", s->host, v6 ? "]" : "",
             (unsigned)port);
    if (s->ui->json) {
        struct json j = {.out = stdout};
        json_open(&j, NULL, '{');
        json_string(&j, "listening", url);
        json_number(&j, "port", port);
        json_number(&j, "pid", (int64_t)getpid());
        json_string(&j, "provider", provider_name(s->provider));
        json_number(&j, "certificates", (int64_t)s->credentials_count);
        json_number(&j, "threads", (int64_t)s->threads);
        json_close(&j, '}');
        json_end(&j);
    } else {
        printf("listening on %s\n", url);
        fflush(stdout);
    }
}

static void *worker_main(void *shared)
{
    worker_run(shared);
    return NULL;
}

static int run_workers(struct serve *s)
{
    pthread_t threads[THREADS_MAX];
    size_t started = 0;
    while (started + 1 < s->threads &&
           pthread_create(&threads[started], NULL, worker_main, &s->shared) == 0) {
        started++;
    }
    bool ok = worker_run(&s->shared);
    (void)!write(s->shared.stop_write, "", 1);
    for (size_t i = 0; i < started; i++) {
        pthread_join(threads[i], NULL);
    }
    return ok ? EXIT_OK : ui_error(s->ui, EXIT_OTHER, "cannot serve: %s", strerror(errno));
}

static int run(struct serve *s)
{
    uint16_t port = 0;
    int status = make_config(s);
    if (status == EXIT_OK) {
        status = open_sockets(s, &port);
    }
    if (status != EXIT_OK) {
        return status;
    }
    s->shared.provider = s->provider;
    provider_warm_up(s->provider);
    set_limits(s);
    catch_signals(s->shared.stop_write);
    say_listening(s, port);
    status = run_workers(s);
    if (s->shared.log) {
        ui_warn(s->ui, "stopped after %llu connections, %llu requests, %llu failures",
                (unsigned long long)atomic_load(&s->shared.closed),
                (unsigned long long)atomic_load(&s->shared.requests),
                (unsigned long long)atomic_load(&s->shared.failed));
    }
    return status;
}

static void clear(struct serve *s)
{
    patina_server_config_unref(s->shared.config);
    for (size_t i = 0; i < s->credentials_count; i++) {
        patina_credential_unref(s->credentials[i]);
    }
    patina_provider_unref(s->provider);
    const int fds[] = {s->shared.site.root, s->shared.listener, s->shared.stop_read,
                       s->shared.stop_write};
    for (size_t i = 0; i < sizeof(fds) / sizeof(fds[0]); i++) {
        if (fds[i] >= 0) {
            close(fds[i]);
        }
    }
    free(s->alpn_text);
}

int verb_serve(struct ui *ui, struct args *a)
{
    struct serve s = {.ui = ui,
                      .host = "127.0.0.1",
                      .port = "8443",
                      .shared = {.ui = ui,
                                 .listener = -1,
                                 .site = {.root = -1},
                                 .stop_read = -1,
                                 .stop_write = -1,
                                 .max_half_open = 256}};
    int status = read_args(&s, a);
    if (ui->help) {
        fputs(help, stdout);
        status = EXIT_OK;
    } else if (status == EXIT_OK) {
        ui_begin(ui, stderr);
        status = run(&s);
    }
    clear(&s);
    return status;
}
