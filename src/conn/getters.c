// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// What a connection can be asked, and the names of numbers.
#include "conn/conn.h"

void *patina_conn_user(const struct patina_conn *c)
{
    return c->user;
}

uint32_t patina_conn_phase(const struct patina_conn *c)
{
    if (c->failed != PATINA_OK) {
        return PATINA_PHASE_FAILED;
    }
    if (!c->hs.done) {
        return PATINA_PHASE_HANDSHAKE;
    }
    return c->sent_close && c->received_close ? PATINA_PHASE_CLOSED : PATINA_PHASE_TRAFFIC;
}

bool patina_conn_is_server(const struct patina_conn *c)
{
    return c->hs.is_server;
}

uint16_t patina_conn_version(const struct patina_conn *c)
{
    return c->hs.done ? c->hs.facts.version : 0;
}

uint16_t patina_conn_suite(const struct patina_conn *c)
{
    return c->hs.done ? c->hs.facts.suite : 0;
}

uint16_t patina_conn_group(const struct patina_conn *c)
{
    return c->hs.done ? c->hs.facts.group : 0;
}

uint16_t patina_conn_scheme(const struct patina_conn *c)
{
    return c->hs.done ? c->hs.facts.scheme : 0;
}

bool patina_conn_was_retried(const struct patina_conn *c)
{
    return c->hs.facts.was_retried;
}

patina_span patina_conn_alpn(const struct patina_conn *c)
{
    return c->hs.done ? c->hs.facts.alpn : (patina_span){0};
}

patina_span patina_conn_server_name(const struct patina_conn *c)
{
    return c->hs.facts.server_name;
}

struct patina_chain *patina_conn_peer_chain(const struct patina_conn *c)
{
    return c->hs.facts.peer_chain;
}

patina_span patina_conn_peer_staple(const struct patina_conn *c)
{
    return ptn_hs_peer_staple(&c->hs);
}

patina_span patina_conn_peer_scts(const struct patina_conn *c)
{
    return ptn_hs_peer_scts(&c->hs);
}

bool patina_conn_sent_close(const struct patina_conn *c)
{
    return c->sent_close;
}

bool patina_conn_received_close(const struct patina_conn *c)
{
    return c->received_close;
}

// ---- Names

struct number_name {
    uint16_t number;
    const char *name;
};

static const struct number_name suite_names[] = {
    {PTN_TLS_AES_128_GCM_SHA256, "TLS_AES_128_GCM_SHA256"},
    {PTN_TLS_AES_256_GCM_SHA384, "TLS_AES_256_GCM_SHA384"},
    {PTN_TLS_CHACHA20_POLY1305_SHA256, "TLS_CHACHA20_POLY1305_SHA256"},
};

static const struct number_name group_names[] = {
    {PTN_GROUP_SECP256R1, "secp256r1"},
    {PTN_GROUP_SECP384R1, "secp384r1"},
    {PTN_GROUP_SECP521R1, "secp521r1"},
    {PTN_GROUP_X25519, "x25519"},
    {PTN_GROUP_SECP256R1MLKEM768, "SecP256r1MLKEM768"},
    {PTN_GROUP_X25519MLKEM768, "X25519MLKEM768"},
    {PTN_GROUP_SECP384R1MLKEM1024, "SecP384r1MLKEM1024"},
};

static const struct number_name scheme_names[] = {
    {PTN_RSA_PKCS1_SHA256, "rsa_pkcs1_sha256"},
    {PTN_RSA_PKCS1_SHA384, "rsa_pkcs1_sha384"},
    {PTN_RSA_PKCS1_SHA512, "rsa_pkcs1_sha512"},
    {PTN_ECDSA_SECP256R1_SHA256, "ecdsa_secp256r1_sha256"},
    {PTN_ECDSA_SECP384R1_SHA384, "ecdsa_secp384r1_sha384"},
    {PTN_ECDSA_SECP521R1_SHA512, "ecdsa_secp521r1_sha512"},
    {PTN_RSA_PSS_RSAE_SHA256, "rsa_pss_rsae_sha256"},
    {PTN_RSA_PSS_RSAE_SHA384, "rsa_pss_rsae_sha384"},
    {PTN_RSA_PSS_RSAE_SHA512, "rsa_pss_rsae_sha512"},
    {PTN_ED25519, "ed25519"},
};

static const char *name_of(const struct number_name *names, size_t count, uint16_t number)
{
    for (size_t i = 0; i < count; i++) {
        if (PTN_ITEM(names, count, i).number == number) {
            return PTN_ITEM(names, count, i).name;
        }
    }
    return "unknown";
}

const char *patina_suite_name(uint16_t suite)
{
    return name_of(suite_names, PTN_COUNT(suite_names), suite);
}

const char *patina_group_name(uint16_t group)
{
    return name_of(group_names, PTN_COUNT(group_names), group);
}

const char *patina_scheme_name(uint16_t scheme)
{
    return name_of(scheme_names, PTN_COUNT(scheme_names), scheme);
}

const char *patina_version_string(void)
{
    return "0.1.0";
}
