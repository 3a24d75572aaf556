// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// The traces of RFC 8448 §3 (full handshake), §5 (HelloRetryRequest, P-256) and §7 (compatibility
// mode), from messages and private keys alone: every share, shared secret, transcript hash, secret,
// key, IV, Finished and record must come out byte by byte, and every protected record must open
// again. A row a value.
//
// The trace is played in its own order: entries that are given (private keys, messages, payloads)
// drive record and keys, the others are computed and put beside what the trace says.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "provider.h"
#include "trace.h"

#include "keys/schedule13.h"
#include "keys/transcript.h"
#include "record/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SECTIONS = 3, CLIENT = 0, SERVER = 1 };
static const char *const sections[SECTIONS] = {"3", "5", "7"};

struct run {
    struct trace trace;
    struct trace_entry have[TRACE_MAX_ENTRIES]; // what was computed
    bool is_row[TRACE_MAX_ENTRIES];
};
static struct run runs[SECTIONS];
static const struct patina_provider *provider;

// ---- The state of a played connection

struct side {
    const struct patina_group *group;
    void *kx; // the ephemeral key
    uint8_t share[256];
    size_t share_len;
    struct ptn_sealer sealer; // of what this side sends
    struct ptn_opener opener; // the peer's, for the same records
    struct ptn_traffic_key key;
    uint8_t payload_type;
    const struct trace_entry *payload;
    struct patina_digest finished;
};

struct player {
    const struct patina_suite *suite;
    struct ptn_transcript transcript;
    struct ptn_hkdf hkdf;
    struct side sides[2];
    struct patina_kx_secret kx;
    struct patina_digest hash;
    struct ptn_secret early, salt, handshake, resumption;
    struct ptn_handshake_secrets13 hs;
    struct ptn_traffic_secrets13 ap;
};

static const struct patina_group *find_group(unsigned long id)
{
    for (size_t i = 0; i < provider->groups_count; i++) {
        if (provider->groups[i]->id == id) {
            return provider->groups[i];
        }
    }
    return NULL;
}

static const struct patina_suite *find_suite(uint16_t id)
{
    for (size_t i = 0; i < provider->suites_count; i++) {
        if (provider->suites[i]->id == id) {
            return provider->suites[i];
        }
    }
    return NULL;
}

static const char *after(const char *text, const char *prefix)
{
    size_t len = strlen(prefix);
    return strncmp(text, prefix, len) == 0 ? text + len : NULL;
}

static void give(struct trace_entry *have, patina_span bytes)
{
    if (bytes.len <= sizeof have->bytes) {
        memcpy(have->bytes, bytes.ptr, bytes.len);
        have->len = bytes.len;
    }
}

static void give_secret(struct trace_entry *have, const struct ptn_secret *s)
{
    give(have, ptn_secret_span(s));
}

static patina_span digest_span(const struct patina_digest *d)
{
    return (patina_span){d->bytes, d->len};
}

// ---- Steps. Each returns false for a name that is not its own; an error shows as a missing value.

static bool play_key_exchange(struct player *p, struct side *s, const char *what,
                              const struct trace_entry *e, struct trace_entry *have, bool *row)
{
    const char *group = after(what, "private ");
    if (group != NULL) {
        if (s->kx != NULL) {
            s->group->clear(s->kx);
            free(s->kx);
            s->kx = NULL;
        }
        s->group = find_group(strtoul(group, NULL, 16));
        if (s->group == NULL || s->group->import == NULL) {
            return true;
        }
        s->kx = aligned_alloc(16, (s->group->ctx_size + 15u) & ~15u);
        memset(s->kx, 0, s->group->ctx_size);
        s->share_len = s->group->share_len;
        if (s->group->import(s->group, s->kx, trace_bytes(e),
                             (patina_mspan){s->share, s->share_len}) != PATINA_OK) {
            s->share_len = 0;
        }
        return true;
    }
    if (strcmp(what, "share") == 0) {
        *row = true;
        give(have, (patina_span){s->share, s->share_len});
        return true;
    }
    (void)p;
    return false;
}

// Both sides must find the same secret.
static void play_shared_secret(struct player *p, struct trace_entry *have)
{
    struct patina_kx_secret both[2] = {{.len = 0}, {.len = 0}};
    for (int i = 0; i < 2; i++) {
        struct side *own = &p->sides[i];
        struct side *peer = &p->sides[1 - i];
        if (own->kx == NULL ||
            own->group->finish(own->group, own->kx, (patina_span){peer->share, peer->share_len},
                               &both[i]) != PATINA_OK) {
            return;
        }
    }
    if (both[0].len == both[1].len && memcmp(both[0].bytes, both[1].bytes, both[0].len) == 0) {
        p->kx = both[0];
        give(have, (patina_span){p->kx.bytes, p->kx.len});
    }
}

static void play_early_secrets(struct player *p, const char *what, struct trace_entry *have)
{
    static const uint8_t zeros[PATINA_DIGEST_MAX];
    patina_span zero = {zeros, ptn_hkdf_hash_len(&p->hkdf)};
    struct patina_digest empty;
    const struct ptn_secret *show = NULL;
    patina_err err = PATINA_ERR_INTERNAL;

    if (strcmp(what, "early") == 0) {
        err = ptn_hkdf_extract(&p->hkdf, zero, zero, &p->early);
        show = &p->early;
    } else if (strcmp(what, "handshake") == 0) {
        err = ptn_hkdf_extract(&p->hkdf, ptn_secret_span(&p->salt),
                               (patina_span){p->kx.bytes, p->kx.len}, &p->handshake);
        show = &p->handshake;
    } else if (strcmp(what, "main") == 0) {
        err = PATINA_OK;
        show = &p->hs.main;
    } else {
        const struct ptn_secret *from =
            strcmp(what, "salt of main") == 0 ? &p->handshake : &p->early;
        err = ptn_hkdf_empty_hash(&p->hkdf, &empty);
        err = err == PATINA_OK ? ptn_hkdf_key(&p->hkdf, from) : err;
        err =
            err == PATINA_OK ? ptn_hkdf_derive_secret(&p->hkdf, "derived", &empty, &p->salt) : err;
        show = &p->salt;
    }
    if (err == PATINA_OK) {
        give_secret(have, show);
    }
}

static void play_resumption(struct player *p, const struct trace_entry *e, const char *nonce_hex,
                            struct trace_entry *have)
{
    uint8_t nonce[2] = {0};
    struct ptn_secret psk = {.len = e->len};
    if (strcmp(nonce_hex, "0000") == 0 && e->len <= sizeof psk.bytes &&
        ptn_hkdf_key(&p->hkdf, &p->resumption) == PATINA_OK &&
        ptn_hkdf_expand_label(&p->hkdf, "resumption", (patina_span){nonce, sizeof nonce},
                              (patina_mspan){psk.bytes, psk.len}) == PATINA_OK) {
        give_secret(have, &psk);
    }
}

static void play_secret(struct player *p, const char *what, const struct trace_entry *e,
                        struct trace_entry *have)
{
    const char *nonce = after(what, "resumption ");
    patina_err err = PATINA_OK;
    if (strcmp(what, "c hs traffic") == 0) {
        err = ptn_schedule13_start(&p->hkdf, (patina_span){0}, &p->kx, &p->hash, &p->hs);
        give_secret(have, &p->hs.client);
    } else if (strcmp(what, "s hs traffic") == 0) {
        give_secret(have, &p->hs.server);
    } else if (strcmp(what, "c ap traffic") == 0) {
        err = ptn_schedule13_into_traffic(&p->hkdf, &p->hs, &p->hash, &p->ap);
        give_secret(have, &p->ap.client);
    } else if (strcmp(what, "s ap traffic") == 0) {
        give_secret(have, &p->ap.server);
    } else if (strcmp(what, "exp master") == 0) {
        give_secret(have, &p->ap.exporter);
    } else if (strcmp(what, "res master") == 0) {
        err = ptn_schedule13_resumption(&p->hkdf, &p->ap, &p->hash, &p->resumption);
        give_secret(have, &p->resumption);
    } else if (nonce != NULL) {
        play_resumption(p, e, nonce, have);
    } else {
        play_early_secrets(p, what, have);
    }
    if (err != PATINA_OK) {
        have->len = 0;
    }
}

static const struct ptn_secret *traffic_secret(const struct player *p, const struct side *s,
                                               bool application)
{
    bool client = s == &p->sides[CLIENT];
    if (application) {
        return client ? &p->ap.client : &p->ap.server;
    }
    return client ? &p->hs.client : &p->hs.server;
}

// Key and IV are derived together and installed where the trace shows the IV.
static bool play_keys(struct player *p, struct side *s, const char *what, struct trace_entry *have)
{
    bool is_key = after(what, "key ") != NULL;
    const char *epoch = is_key ? after(what, "key ") : after(what, "iv ");
    if (epoch == NULL) {
        return false;
    }
    if (is_key) {
        s->key.key_len = p->suite->aead->key_len;
        if (ptn_derive_traffic_key13(
                &p->hkdf, traffic_secret(p, s, strcmp(epoch, "application") == 0),
                (patina_mspan){s->key.key, s->key.key_len}, &s->key.iv) == PATINA_OK) {
            give(have, (patina_span){s->key.key, s->key.key_len});
        }
        return true;
    }
    give(have, (patina_span){s->key.iv.bytes, sizeof s->key.iv.bytes});
    struct ptn_traffic_key copy = s->key;
    if (ptn_sealer_install(&s->sealer, p->suite->aead, &s->key, &ptn_heap) != PATINA_OK ||
        ptn_opener_install(&s->opener, p->suite->aead, &copy, &ptn_heap) != PATINA_OK) {
        have->len = 0;
    }
    return true;
}

static bool play_finished(struct player *p, struct side *s, const char *what,
                          struct trace_entry *have)
{
    const struct ptn_secret *base = traffic_secret(p, s, false);
    if (strcmp(what, "finished key") == 0) {
        struct ptn_secret key = {.len = ptn_hkdf_hash_len(&p->hkdf)};
        if (ptn_hkdf_key(&p->hkdf, base) == PATINA_OK &&
            ptn_hkdf_expand_label(&p->hkdf, "finished", (patina_span){0},
                                  (patina_mspan){key.bytes, key.len}) == PATINA_OK) {
            give_secret(have, &key);
        }
        return true;
    }
    if (strcmp(what, "finished") == 0) {
        struct patina_digest hash;
        if (ptn_transcript_peek(&p->transcript, &hash) == PATINA_OK &&
            ptn_derive_finished13(&p->hkdf, base, &hash, &s->finished) == PATINA_OK) {
            give(have, digest_span(&s->finished));
        }
        return true;
    }
    return false;
}

static bool play_message(struct player *p, struct side *s, const char *what,
                         const struct trace_entry *e, struct trace_entry *have, bool *row)
{
    const char *type = after(what, "message ");
    if (type == NULL) {
        return false;
    }
    patina_span message = trace_bytes(e);
    if (strcmp(type, "Finished") == 0) {
        *row = true;
        uint8_t made[4 + PATINA_DIGEST_MAX] = {PTN_HS_FINISHED, 0, 0, (uint8_t)s->finished.len};
        memcpy(made + 4, s->finished.bytes, s->finished.len);
        give(have, (patina_span){made, 4 + s->finished.len});
        message = trace_bytes(have);
    }
    // The suite is chosen where the ServerHello stands, so that messages before it are kept first.
    if (strcmp(type, "ServerHello") == 0 && p->transcript.hash == NULL &&
        ptn_transcript_choose(&p->transcript, p->suite->hmac->hash) != PATINA_OK) {
        return true;
    }
    (void)ptn_transcript_add(&p->transcript, message);
    return true;
}

static bool opens_again(struct side *s, patina_span record)
{
    uint8_t inner[TRACE_MAX_BYTES];
    uint8_t type;
    patina_mspan text;
    struct ptn_record found;
    size_t want;
    return ptn_deframe(record, false, &found, &want) == PATINA_OK && want == 0 &&
           found.whole_len == record.len &&
           ptn_opener_open(&s->opener, record, (patina_mspan){inner, sizeof inner}, &type, &text) ==
               PATINA_OK &&
           type == s->payload_type && text.len == s->payload->len &&
           memcmp(text.ptr, s->payload->bytes, text.len) == 0;
}

static bool play_record(struct side *s, const char *what, const struct trace_entry *e,
                        struct trace_entry *have, bool *row)
{
    const char *type = after(what, "payload ");
    if (type != NULL) {
        s->payload_type = (uint8_t)strtoul(type, NULL, 10);
        s->payload = e;
        return true;
    }
    if (strcmp(what, "record") != 0) {
        return false;
    }
    *row = true;
    patina_span text = trace_bytes(s->payload);
    if (e->bytes[0] != PTN_CONTENT_APPLICATION_DATA) {
        // The version is 0x0301 for the first ClientHello, as the trace has it.
        uint16_t version = (uint16_t)((e->bytes[1] << 8) | e->bytes[2]);
        have->len = PTN_RECORD_HEADER_BYTES + text.len;
        ptn_write_plain_record(s->payload_type, version, text,
                               (patina_mspan){have->bytes, have->len});
        return true;
    }
    have->len = ptn_sealed_len(&s->sealer, text.len);
    if (ptn_sealer_seal(&s->sealer, s->payload_type, &text, 1,
                        (patina_mspan){have->bytes, have->len}) != PATINA_OK ||
        !opens_again(s, trace_bytes(e))) {
        have->len = 0;
    }
    return true;
}

static bool play_side(struct player *p, struct side *s, const char *what,
                      const struct trace_entry *e, struct trace_entry *have, bool *row)
{
    if (play_message(p, s, what, e, have, row) || play_record(s, what, e, have, row) ||
        play_key_exchange(p, s, what, e, have, row)) {
        return true;
    }
    *row = true;
    return play_keys(p, s, what, have) || play_finished(p, s, what, have);
}

static bool play_entry(struct player *p, const struct trace_entry *e, struct trace_entry *have,
                       bool *row)
{
    const char *what;
    if ((what = after(e->name, "client ")) != NULL) {
        return play_side(p, &p->sides[CLIENT], what, e, have, row);
    }
    if ((what = after(e->name, "server ")) != NULL) {
        return play_side(p, &p->sides[SERVER], what, e, have, row);
    }
    if (strcmp(e->name, "retry") == 0) {
        return ptn_transcript_choose(&p->transcript, p->suite->hmac->hash) == PATINA_OK &&
               ptn_transcript_retry(&p->transcript) == PATINA_OK;
    }
    *row = true;
    if ((what = after(e->name, "secret ")) != NULL) {
        play_secret(p, what, e, have);
    } else if (strcmp(e->name, "hash") == 0) {
        if (ptn_transcript_peek(&p->transcript, &p->hash) == PATINA_OK) {
            give(have, digest_span(&p->hash));
        }
    } else if (strcmp(e->name, "kx") == 0) {
        play_shared_secret(p, have);
    } else {
        return false;
    }
    return true;
}

static bool play(struct run *run)
{
    struct player p = {.suite = find_suite(PTN_TLS_AES_128_GCM_SHA256)};
    bool ok = p.suite != NULL && ptn_hkdf_init(&p.hkdf, p.suite->hmac, &ptn_heap) == PATINA_OK;
    ptn_transcript_init(&p.transcript, &ptn_heap);
    for (size_t i = 0; ok && i < run->trace.count; i++) {
        ok = play_entry(&p, &run->trace.entries[i], &run->have[i], &run->is_row[i]);
        if (!ok) {
            (void)fprintf(stderr, "entry %s cannot be played\n", run->trace.entries[i].name);
        }
    }
    for (int i = 0; i < 2; i++) {
        struct side *s = &p.sides[i];
        if (s->kx != NULL) {
            s->group->clear(s->kx);
            free(s->kx);
        }
        ptn_sealer_clear(&s->sealer);
        ptn_opener_clear(&s->opener);
    }
    ptn_transcript_clear(&p.transcript);
    ptn_hkdf_clear(&p.hkdf);
    return ok;
}

// ---- Rows

struct row {
    char name[96];
    const struct trace_entry *want, *have;
};

static void check_row(void **state)
{
    const struct row *row = *state;
    assert_int_equal(row->have->len, row->want->len);
    assert_memory_equal(row->have->bytes, row->want->bytes, row->want->len);
}

// How often the name has occurred before: records and hashes come several times.
static size_t occurrence(const struct trace *t, size_t at)
{
    size_t n = 1;
    for (size_t i = 0; i < at; i++) {
        n += strcmp(t->entries[i].name, t->entries[at].name) == 0;
    }
    return n;
}

int main(void)
{
    static struct row rows[SECTIONS * TRACE_MAX_ENTRIES];
    static struct CMUnitTest tests[SECTIONS * TRACE_MAX_ENTRIES];
    size_t count = 0;

    provider = vectors_provider();
    if (provider == NULL) {
        (void)fprintf(stderr, "no provider\n");
        return 1;
    }
    for (size_t s = 0; s < SECTIONS; s++) {
        struct run *run = &runs[s];
        char path[512];
        (void)snprintf(path, sizeof path, "%s/rfc8448_%s.txt", VECTORS_DIR, sections[s]);
        if (!trace_read(path, &run->trace) || !play(run)) {
            return 1;
        }
        for (size_t i = 0; i < run->trace.count; i++) {
            if (!run->is_row[i]) {
                continue;
            }
            struct row *row = &rows[count];
            row->want = &run->trace.entries[i];
            row->have = &run->have[i];
            (void)snprintf(row->name, sizeof row->name, "RFC 8448 §%s: %s, %zu", sections[s],
                           row->want->name, occurrence(&run->trace, i));
            tests[count] = (struct CMUnitTest){row->name, check_row, NULL, NULL, row};
            count++;
        }
    }
    int failed = _cmocka_run_group_tests("rfc8448", tests, count, NULL, NULL);
    patina_provider_unref(provider);
    return failed != 0;
}
