// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The parts of the BoGo shim: flags (flags.c), credentials and configs (setup.c), the socket and
// the connection (link.c), what the flags expect of a finished handshake (expect.c), names of
// errors as BoringSSL's runner spells them (errors.c), the exchange itself (shim.c). Public API
// only.
#ifndef PATINA_TESTS_BOGO_SHIM_H
#define PATINA_TESTS_BOGO_SHIM_H

#include "patina/patina.h"

#define SHIM_LIST_MAX 32u
#define SHIM_CREDENTIALS_MAX 8u

enum shim_exit { SHIM_OK = 0, SHIM_FAILED = 1, SHIM_UNIMPLEMENTED = 89 };

struct shim_list {
    uint16_t items[SHIM_LIST_MAX];
    size_t count;
    bool given; // an empty list that was asked for differs from none
};

struct shim_credential_flags {
    const char *cert_file;
    const char *key_file;
    const char *ocsp_response; // base64
    const char *sct_list;      // base64
    struct shim_list schemes;
};

struct shim_flags {
    int port;
    uint64_t shim_id;
    bool has_shim_id;
    bool ipv6;
    bool server;
    bool async;
    bool implicit_handshake;
    bool shim_writes_first;
    bool shim_shuts_down;
    bool check_close_notify;
    bool read_with_unfinished_write;
    bool no_op_extra_handshake;
    bool send_alert;
    bool key_update;
    bool key_update_before_read;
    bool verify_fail;
    bool use_custom_verify_callback;
    bool fail_cert_callback;
    bool fail_early_callback;
    bool server_preference;
    bool reject_alpn;
    bool select_empty_alpn;
    bool use_export_context;
    bool enable_ocsp_stapling;
    bool enable_scts;
    bool use_ocsp_callback;
    bool set_ocsp_in_callback;
    bool decline_ocsp_callback;
    bool fail_ocsp_callback;
    bool expect_hrr;
    bool expect_no_hrr;
    bool expect_tls13_property; // extended master secret, secure renegotiation: TLS 1.3 has both by
                                // nature
    bool has_expect_selected;
    int expect_selected;
    int export_length;
    int read_size;
    int max_fragment;
    int max_cert_list;
    int expect_version;
    int expect_group;
    int expect_scheme;
    int expect_cipher_aes;
    int expect_cipher_no_aes;
    int can_group; // a question instead of a test: has the provider this group
    const char *export_label;
    const char *export_context;
    const char *host_name;
    const char *provider;
    const char *advertise_alpn; // length-prefixed names, as on the wire
    const char *select_alpn;
    const char *expect_alpn;
    const char *expect_advertised_alpn;
    const char *expect_server_name;
    const char *expect_ocsp_response; // base64
    const char *expect_scts;          // base64
    struct shim_list groups, key_shares, verify_schemes, expect_peer_schemes;
    struct shim_credential_flags credentials[SHIM_CREDENTIALS_MAX]; // [0] is the default one
    size_t credentials_count; // [0] included, also when not given
};

// What callbacks have seen and the operation they kept.
struct shim_state {
    const struct shim_flags *flags;
    struct patina_op *kept;
    void (*complete)(struct shim_state *s, struct patina_op *op);
    struct patina_key *kept_key;
    bool early_callback_called;
    uint32_t refused_kind; // the kind of operation the shim itself refused, 0: none
    bool refused_by_ocsp;  // by the answer of what BoringSSL calls the OCSP callback
    struct patina_credential *ocsp_answer; // what that callback answers on a server; NULL: nothing
    patina_err own_error;  // an error outside the connection that made the shim refuse
    const char *complaint; // a check of a callback that did not hold
    int selected;          // index of the credential that signed, -1: the default one, -2: none
};

// Both return an exit status. `shim_flags_parse` also refuses what this library does not have.
int shim_flags_parse(int argc, char **argv, struct shim_flags *out);

struct shim_setup {
    const struct patina_provider *provider;
    struct patina_client_config *client;
    struct patina_server_config *server;
};
int shim_setup_can(const struct shim_flags *f);
int shim_setup_make(struct shim_state *s, struct shim_setup *out);
void shim_setup_free(struct shim_setup *setup);

// One connection over one socket.
struct shim_link;
struct shim_link *shim_link_open(struct shim_state *s, const struct shim_setup *setup);
struct patina_conn *shim_link_conn(struct shim_link *link);
void shim_link_hold(struct shim_link *link, bool hold); // on: one byte goes out, the rest waits
bool shim_link_quiet(const struct shim_link *link);     // nothing waits to be sent
patina_err shim_link_event(struct shim_link *link, struct patina_event *ev);
patina_err shim_link_poke(struct shim_link *link, struct patina_event *ev); // no input, no reading
patina_err shim_link_send(struct shim_link *link, const void *bytes, size_t len);
patina_err shim_link_update_keys(struct shim_link *link);
patina_err shim_link_close(struct shim_link *link);
patina_err shim_link_abort(struct shim_link *link, uint8_t alert);
void shim_link_free(struct shim_link *link); // sends what is left, half-closes, drains

// Decodes base64 into `out` of `cap` bytes; NULL gives an empty span.
patina_span shim_base64(const char *text, uint8_t *out, size_t cap);
enum { SHIM_STATUS_MAX = 256 }; // bytes of a staple or SCT list of the runner's

bool shim_expect(const struct shim_state *s, const struct patina_conn *c);
bool shim_expect_hello(struct shim_state *s, const struct patina_op *op);

void shim_print_error(const struct shim_state *s, patina_err err,
                      const struct patina_report *report);

#endif
