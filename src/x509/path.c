// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Path building, RFC 5280 §6, RFC 4158: see path.h.
//
// Implementation notes. The search keeps its own stack of frames, one a certificate of the path; a
// frame remembers which roots and which given certificates it has tried as issuers. Signatures are
// checked when a path reaches a root, from the root downwards, so that no key is used before
// something trusted vouches for it. Each link (certificate, issuer) is checked once and remembered.
// Every certificate looked at as an issuer is one step.
#include "x509/constraints.h"
#include "x509/path_int.h"

enum { MAX_FRAMES = PTN_MAX_INTERMEDIATES + 1 };

struct slot {
    struct ptn_cert cert;
    patina_err err; // of parsing
};

#define ALL_TRIED SIZE_MAX

struct frame {
    size_t index; // of the slot
    uint32_t below;
    size_t root_position;
    size_t other_names; // roots looked through for the issuer written in another way, or ALL_TRIED
    size_t next;        // slot to try as issuer
};

// A link whose signature has been checked, or was found good before.
struct link {
    const struct ptn_cert *child, *issuer;
    patina_err err;
    bool is_new;             // checked here, and has a key
    struct ptn_link_key key; // in the cache
};

struct search {
    const struct ptn_path_request *q;
    struct slot *slots;
    size_t slots_count;
    struct frame frames[MAX_FRAMES];
    size_t depth; // frames in use
    struct link links[PTN_MAX_PATH_SIGNATURES];
    size_t links_count;
    size_t signatures; // checked
    struct ptn_link_keys accepted;
    size_t steps_left, comparisons_left;
    size_t root; // number of the one last tried, of the path found
    struct ptn_path_failure best;
    uint32_t best_rank;
};

// What every function here is given and leaves, for its contract. A FRAME names a certificate that
// was given, has tried no further than those go, and has no more below it than its place says.
#define SEARCH(s)                                          \
    REQUIRES(WRITABLE(s) && PATH_QUESTION((s)->q))         \
    REQUIRES(SPAN((s)->q->links.server_name))              \
    REQUIRES(READABLE_ARRAY((s)->slots, (s)->slots_count)) \
    REQUIRES((s)->slots_count >= 1 && (s)->slots_count <= PTN_MAX_CERTIFICATES)
#define COUNTS(s)                                                                           \
    ((s)->depth <= MAX_FRAMES && (s)->links_count <= PTN_MAX_PATH_SIGNATURES &&             \
     (s)->signatures <= PTN_MAX_PATH_SIGNATURES && (s)->steps_left <= PTN_MAX_PATH_STEPS && \
     (s)->comparisons_left <= PTN_MAX_NAME_COMPARISONS)
#define FRAME(s, i)                                                             \
    ((i) >= (s)->depth ||                                                       \
     ((s)->frames[i].index < (s)->slots_count && (s)->frames[i].below <= (i) && \
      (s)->frames[i].next <= (s)->slots_count))
#define FRAMES(s)                                                                              \
    (FRAME(s, 0) && FRAME(s, 1) && FRAME(s, 2) && FRAME(s, 3) && FRAME(s, 4) && FRAME(s, 5) && \
     FRAME(s, 6))
#define SEARCHING(s) SEARCH(s) REQUIRES(COUNTS(s)) REQUIRES(FRAMES(s))
// A certificate is one that was parsed: that its spans can be read is for the harness to give, and
// for the parser to keep.
#define A_CERT(c) REQUIRES(READABLE(c))
// What changes: the failure that is kept, budgets, links, the way up, all that a search finds.
#define BEST(s) (s)->best, (s)->best_rank
#define SPENT(s) (s)->signatures, (s)->comparisons_left
#define LINKS(s) (s)->links, (s)->links_count
#define CLIMBED(s) (s)->frames, (s)->depth, (s)->steps_left, (s)->comparisons_left, BEST(s)
#define FOUND(s) CLIMBED(s), (s)->root, LINKS(s), (s)->signatures, (s)->accepted
// What a whole search begins with: certificates as they were sent, room for what they say, no
// frame.
#define GIVEN(s)                                           \
    REQUIRES(WRITABLE_ARRAY((s)->slots, (s)->slots_count)) \
    REQUIRES((s)->q->chain_count == (s)->slots_count &&    \
             SPAN_ARRAY((s)->q->chain, (s)->slots_count, PTN_MAX_CERTIFICATES))
#define BEGINNING(s) REQUIRES(COUNTS(s)) REQUIRES((s)->depth == 0 && (s)->accepted.count == 0)

static const struct ptn_cert *slot_cert(const struct search *s, size_t i)
{
    return &PTN_ITEM(s->slots, s->slots_count, i).cert;
}

static struct frame *top(struct search *s)
{
    return &PTN_AT(s->frames, s->depth - 1);
}

static const struct ptn_cert *frame_cert(const struct search *s, size_t level)
{
    return slot_cert(s, PTN_AT(s->frames, level).index);
}

// The issuer of the certificate at `level`: the next one up, or the root.
static const struct ptn_cert *issuer_of(const struct search *s, size_t level,
                                        const struct ptn_cert *root)
{
    return level + 1 == s->depth ? root : frame_cert(s, level + 1);
}

// ---- Failures: the most specific one is kept, and of equal ones the one that got furthest.

static void note_failure(struct search *s, const struct ptn_path_failure *f)
    PTN_CONTRACT(REQUIRES(WRITABLE(s) && s->depth <= MAX_FRAMES && READABLE(f)) ASSIGNS(BEST(s)))
{
    uint32_t rank = ptn_path_rank(f->err) * (MAX_FRAMES + 1) + (uint32_t)s->depth;
    if (s->best.err == PATINA_OK || rank > s->best_rank) {
        s->best = *f;
        s->best_rank = rank;
    }
}

// What ends the search at once: not a property of one path. A used-up budget, memory, the provider.
static bool is_final(patina_err err)
{
    return patina_err_class(err) != PATINA_CLASS_CERTIFICATE;
}

static patina_err out_of_budget(struct search *s, const char *rule)
    PTN_CONTRACT(REQUIRES(WRITABLE(s)) ASSIGNS(s->best)
                     ENSURES(RESULT == PATINA_ERR_CERT_BUDGET && s->best.err == RESULT))
{
    s->best = (struct ptn_path_failure){
        .err = PATINA_ERR_CERT_BUDGET, .index = -1, .rfc = 5280, .rule = rule};
    return PATINA_ERR_CERT_BUDGET;
}

// ---- Signatures

static patina_err check_signature(struct search *s, const struct ptn_cert *child,
                                  const struct ptn_cert *issuer)
    PTN_CONTRACT(REQUIRES(READABLE(s) && READABLE(s->q)) A_CERT(child) A_CERT(issuer) ASSIGNS())
{
    const struct patina_verify_alg *alg =
        ptn_verify_alg_for_cert(s->q->provider, issuer->spki.algorithm, child->signature_alg);
    PTN_REQUIRE(alg != NULL, PATINA_ERR_CERT_UNSUPPORTED_SIGNATURE);
    patina_err err = ptn_verify_with_spki(alg, &issuer->spki, &child->tbs, 1, child->signature);
    return err == PATINA_ERR_BAD_SIGNATURE ? PATINA_ERR_CERT_BAD_SIGNATURE : err;
}

// By the cache, or by the key. The name, which a leaf's link is bound to, was judged before.
static void judge_link(struct search *s, size_t level, struct link *link)
    PTN_CONTRACT(SEARCH(s) A_CERT(link->child) A_CERT(link->issuer)
                     REQUIRES(WRITABLE(link) && s->signatures < PTN_MAX_PATH_SIGNATURES)
                         ASSIGNS(s->signatures, link->is_new, link->key, link->err)
                             ENSURES(s->signatures >= OLD(s->signatures) &&
                                     s->signatures <= PTN_MAX_PATH_SIGNATURES))
{
    const struct ptn_link_view *view = &s->q->links;
    link->is_new = ptn_link_key_of(view, link->child, &link->issuer->spki, level == 0, &link->key);
    if (link->is_new && ptn_link_cache_has(view->cache, &link->key)) {
        link->is_new = false;
        return;
    }
    s->signatures++;
    link->err = check_signature(s, link->child, link->issuer);
}

// The number of a link among those remembered; their count when it is none of them.
static size_t find_link(const struct search *s, const struct ptn_cert *child,
                        const struct ptn_cert *issuer)
    PTN_CONTRACT(REQUIRES(READABLE(s) && s->links_count <= PTN_MAX_PATH_SIGNATURES) ASSIGNS()
                     ENSURES(RESULT <= s->links_count))
{
    size_t i = 0;
    while (i < s->links_count)
        PTN_LOOP(COUNTS_TO(i, s->links_count))
    {
        const struct link *link = &PTN_AT(s->links, i);
        if (link->child == child && link->issuer == issuer) {
            return i;
        }
        i++;
    }
    return i;
}

static void note_bad_link(struct search *s, size_t level, const struct link *link)
    PTN_CONTRACT(SEARCHING(s) REQUIRES(level < s->depth && READABLE(link)) ASSIGNS(BEST(s)))
{
    struct ptn_path_failure f = {.err = link->err,
                                 .index = (int16_t)PTN_AT(s->frames, level).index,
                                 .rfc = 5280,
                                 .rule = "6.1.3 (a)(1)",
                                 .cert = link->child,
                                 .other = link->issuer};
    note_failure(s, &f);
}

// One link of the path whose child stands at `level`. *out_exhausted when no signature is left to
// spend.
static patina_err check_link(struct search *s, size_t level, const struct ptn_cert *issuer,
                             bool *out_exhausted)
    PTN_CONTRACT(SEARCHING(s) A_CERT(issuer) REQUIRES(level < s->depth && WRITABLE(out_exhausted))
                     ASSIGNS(LINKS(s), s->signatures, BEST(s), *out_exhausted) ENSURES(COUNTS(s))
                         ENSURES(s->links_count >= OLD(s->links_count)))
{
    const struct ptn_cert *child = frame_cert(s, level);
    size_t known = find_link(s, child, issuer);
    if (known < s->links_count) {
        return PTN_AT(s->links, known).err;
    }
    if (s->links_count == PTN_MAX_PATH_SIGNATURES || s->signatures == PTN_MAX_PATH_SIGNATURES) {
        *out_exhausted = true;
        return out_of_budget(s, "6.1.3 (a)(1)");
    }
    struct link link = {.child = child, .issuer = issuer};
    judge_link(s, level, &link);
    PTN_AT(s->links, s->links_count) = link;
    s->links_count++;
    if (link.err != PATINA_OK) {
        note_bad_link(s, level, &link);
    }
    return link.err;
}

// The whole path stands: its signatures, from the root downwards.
static patina_err check_links(struct search *s, const struct ptn_cert *root, bool *out_exhausted)
    PTN_CONTRACT(SEARCHING(s) A_CERT(root) REQUIRES(WRITABLE(out_exhausted))
                     ASSIGNS(LINKS(s), s->signatures, BEST(s), *out_exhausted) ENSURES(COUNTS(s)))
{
    for (size_t level = s->depth; level > 0; level--)
        PTN_LOOP(ASSIGNS(level, LINKS(s), s->signatures, BEST(s), *out_exhausted)
                     INVARIANT(level <= s->depth && COUNTS(s)) DECREASES(level))
    {
        PTN_TRY(check_link(s, level - 1, issuer_of(s, level - 1, root), out_exhausted));
    }
    return PATINA_OK;
}

// The path is accepted: which of its links the cache may learn.
static void note_links(struct search *s, const struct ptn_cert *root)
    PTN_CONTRACT(SEARCHING(s) REQUIRES(s->accepted.count == 0) ASSIGNS(s->accepted)
                     ENSURES(s->accepted.count <= s->depth))
{
    s->accepted.generation = s->q->links.generation;
    for (size_t level = s->depth; level > 0; level--)
        PTN_LOOP(ASSIGNS(level, s->accepted) INVARIANT(
            level <= s->depth && s->accepted.count <= s->depth - level) DECREASES(level))
    {
        size_t known = find_link(s, frame_cert(s, level - 1), issuer_of(s, level - 1, root));
        if (known == s->links_count) {
            continue;
        }
        const struct link *link = &PTN_AT(s->links, known);
        if (link->is_new && link->err == PATINA_OK) {
            PTN_AT(s->accepted.keys, s->accepted.count) = link->key;
            s->accepted.count++;
        }
    }
}

// ---- Revocation

// The status of the certificate at `level`, RFC 5280 §6.3.
static patina_err check_status(struct search *s, size_t level, const struct ptn_cert *issuer)
    PTN_CONTRACT(SEARCHING(s) A_CERT(issuer) REQUIRES(level < s->depth) ASSIGNS(SPENT(s), BEST(s))
                     ENSURES(COUNTS(s)))
{
    const struct ptn_cert *cert = frame_cert(s, level);
    size_t left = PTN_MAX_PATH_SIGNATURES - s->signatures;
    struct ptn_status_query q = {
        .provider = s->q->provider,
        .revocation = &s->q->revocation,
        .cert = cert,
        .issuer = issuer,
        .now_s = s->q->now_s,
        .profile = s->q->profile,
        .is_leaf = level == 0,
        .demands_staple = cert->ext.must_staple && s->q->purpose == PATINA_PURPOSE_SERVER,
        .signatures_left = left,
        .comparisons_left = s->comparisons_left,
    };
    struct ptn_path_failure f = {
        .index = (int16_t)PTN_AT(s->frames, level).index, .cert = cert, .other = issuer};
    f.err = ptn_revocation_check(&q, &f.status);
    f.rule = f.status.rule;
    f.rfc = f.status.rfc;
    s->signatures += left - q.signatures_left;
    s->comparisons_left = q.comparisons_left;
    if (f.err != PATINA_OK) {
        note_failure(s, &f);
    }
    return f.err;
}

// Every certificate of the path below the root, from there downwards.
static patina_err check_statuses(struct search *s, const struct ptn_cert *root, bool *out_exhausted)
    PTN_CONTRACT(SEARCHING(s) A_CERT(root) REQUIRES(WRITABLE(out_exhausted))
                     ASSIGNS(SPENT(s), BEST(s), *out_exhausted) ENSURES(COUNTS(s)))
{
    for (size_t level = s->depth; level > 0; level--)
        PTN_LOOP(ASSIGNS(level, SPENT(s), BEST(s)) INVARIANT(level <= s->depth && COUNTS(s))
                     DECREASES(level))
    {
        patina_err err = check_status(s, level - 1, issuer_of(s, level - 1, root));
        if (err == PATINA_ERR_CERT_BUDGET) {
            *out_exhausted = true;
            return out_of_budget(s, "6.3");
        }
        PTN_TRY(err);
    }
    return PATINA_OK;
}

// ---- Candidates

// The constraints of an issuer over the certificate at `level`.
static patina_err check_constraint(struct search *s, const struct ptn_cert *issuer, size_t level,
                                   struct ptn_path_failure *out)
    PTN_CONTRACT(SEARCHING(s) A_CERT(issuer) REQUIRES(level < s->depth && WRITABLE(out))
                     ASSIGNS(s->comparisons_left, *out)
                         ENSURES(s->comparisons_left <= OLD(s->comparisons_left)))
{
    const struct ptn_cert *cert = frame_cert(s, level);
    patina_err err = ptn_constraints_check(issuer->ext.name_constraints, cert, &s->comparisons_left,
                                           &out->name_tag, &out->name);
    if (err != PATINA_OK) {
        bool its_own = err != PATINA_ERR_CERT_NAME_CONSTRAINT;
        out->err = err;
        out->rfc = 5280;
        out->rule = its_own ? "4.2.1.10" : "6.1.3 (b)";
        out->cert = issuer;
        if (!its_own) {
            out->index = (int16_t)PTN_AT(s->frames, level).index;
            out->cert = cert;
        }
        out->cert = err == PATINA_ERR_CERT_BUDGET ? NULL : out->cert;
        out->other = issuer;
    }
    return err;
}

// Those over all that stands below it, RFC 5280 §6.1.3 (b): self-issued intermediates are exempt.
static patina_err check_constraints(struct search *s, const struct ptn_cert *issuer,
                                    struct ptn_path_failure *out)
    PTN_CONTRACT(SEARCHING(s) A_CERT(issuer) REQUIRES(WRITABLE(out))
                     ASSIGNS(s->comparisons_left, *out)
                         ENSURES(s->comparisons_left <= OLD(s->comparisons_left)))
{
    if (issuer->ext.name_constraints.len == 0) {
        return PATINA_OK;
    }
    for (size_t level = 0; level < s->depth; level++)
        PTN_LOOP(ASSIGNS(level, s->comparisons_left, *out) INVARIANT(
            level <= s->depth && s->comparisons_left <= LOOP_OLD(s->comparisons_left))
                     DECREASES(s->depth - level))
    {
        if (level == 0 || !ptn_cert_is_self_issued(frame_cert(s, level))) {
            PTN_TRY(check_constraint(s, issuer, level, out));
        }
    }
    return PATINA_OK;
}

static bool is_usable_issuer(struct search *s, const struct ptn_cert *issuer, int16_t index,
                             bool is_root)
    PTN_CONTRACT(SEARCHING(s) A_CERT(issuer) REQUIRES(s->depth != 0)
                     ASSIGNS(s->comparisons_left, BEST(s))
                         ENSURES(s->comparisons_left <= OLD(s->comparisons_left)))
{
    struct ptn_path_failure f = {0};
    struct ptn_path_place place = {.index = index, .is_root = is_root, .below = top(s)->below};
    if (ptn_path_judge_issuer(s->q, issuer, place, &f) != PATINA_OK ||
        check_constraints(s, issuer, &f) != PATINA_OK) {
        note_failure(s, &f);
        return false;
    }
    return true;
}

// The server's own certificate stands among the roots. Profile PRIVATE: who puts an end entity
// there trusts just that one, which needs no issuer and no signature. Profile WEB: roots are
// authorities.
static bool is_the_leaf(const struct search *s, const struct ptn_cert *root)
    PTN_CONTRACT(SEARCHING(s) A_CERT(root) REQUIRES(s->depth != 0) ASSIGNS())
{
    return ptn_span_equal(root->der, frame_cert(s, 0)->der);
}

static void note_leaf_as_root(struct search *s, const struct ptn_cert *root)
    PTN_CONTRACT(REQUIRES(WRITABLE(s) && s->depth <= MAX_FRAMES) ASSIGNS(BEST(s)))
{
    struct ptn_path_failure f = {.err = PATINA_ERR_CERT_SELF_SIGNED,
                                 .rfc = 5280,
                                 .rule = "6.1.1 (d)",
                                 .cert = root,
                                 .other = root};
    note_failure(s, &f);
}

// RFC 4158 §5.2: a path that meets the same subject and key again is a loop.
static bool is_loop(const struct search *s, const struct ptn_cert *cert)
    PTN_CONTRACT(SEARCHING(s) A_CERT(cert) ASSIGNS())
{
    for (size_t level = 0; level < s->depth; level++)
        PTN_LOOP(COUNTS_TO(level, s->depth))
    {
        const struct ptn_cert *have = frame_cert(s, level);
        if (ptn_span_equal(have->subject, cert->subject) &&
            ptn_span_equal(have->spki.whole, cert->spki.whole)) {
            return true;
        }
    }
    return false;
}

static void push(struct search *s, size_t index)
    PTN_CONTRACT(SEARCHING(s) REQUIRES(s->depth < MAX_FRAMES && index < s->slots_count)
                     ASSIGNS(s->frames, s->depth) ENSURES(s->depth == OLD(s->depth) + 1)
                         ENSURES(FRAMES(s)))
{
    uint32_t below = 0;
    if (s->depth != 0) {
        below = top(s)->below + (ptn_cert_is_self_issued(slot_cert(s, index)) ? 0u : 1u);
    }
    PTN_AT(s->frames, s->depth) = (struct frame){.index = index, .below = below, .next = 1};
    s->depth++;
}

// The next root named as the issuer of the top frame; NULL when there is none left.
static const struct ptn_cert *next_root(struct search *s)
    PTN_CONTRACT(SEARCHING(s) REQUIRES(s->depth != 0)
                     ASSIGNS(s->frames, s->root, s->comparisons_left) ENSURES(FRAMES(s))
                         ENSURES(s->comparisons_left <= OLD(s->comparisons_left)))
{
    struct frame *frame = top(s);
    patina_span issuer = slot_cert(s, frame->index)->issuer;
    patina_span name =
        frame->other_names == 0 ? issuer : ptn_roots_subject(s->q->roots, frame->other_names - 1);
    size_t position = frame->root_position;
    const struct ptn_root *root = ptn_roots_find(s->q->roots, name, &position);
    if (root == NULL &&
        ptn_path_other_name(s->q, issuer, &frame->other_names, &s->comparisons_left)) {
        position = 0;
        name = ptn_roots_subject(s->q->roots, frame->other_names - 1);
        root = ptn_roots_find(s->q->roots, name, &position);
    }
    frame->root_position = position;
    if (root == NULL) {
        frame->other_names = ALL_TRIED;
        return NULL;
    }
    s->root = position - 1;
    return &root->cert;
}

// Tries one root as the issuer of the top frame. OK: a path is found.
static patina_err try_root(struct search *s, const struct ptn_cert *root, bool *out_stop)
    PTN_CONTRACT(SEARCHING(s) A_CERT(root) REQUIRES(s->depth != 0 && s->accepted.count == 0)
                     REQUIRES(WRITABLE(out_stop)) ASSIGNS(LINKS(s), s->accepted, SPENT(s), BEST(s),
                                                          *out_stop) ENSURES(COUNTS(s))
                         ENSURES(RESULT == PATINA_OK ? s->accepted.count <= MAX_FRAMES
                                                     : s->accepted.count == 0))
{
    if (is_the_leaf(s, root)) {
        PTN_REQUIRE(s->depth != 1 || s->q->profile != PATINA_PROFILE_PRIVATE, PATINA_OK);
        note_leaf_as_root(s, root);
        return PATINA_ERR_CERT_UNKNOWN_ISSUER;
    }
    PTN_REQUIRE(is_usable_issuer(s, root, -1, true), PATINA_ERR_CERT_UNKNOWN_ISSUER);
    patina_err err = check_links(s, root, out_stop);
    err = err != PATINA_OK ? err : check_statuses(s, root, out_stop);
    if (err == PATINA_OK) {
        note_links(s, root);
    } else if (is_final(err)) {
        *out_stop = true;
    }
    return err;
}

// Tries every root named as the issuer of the top frame. OK: a path is found.
static patina_err try_roots(struct search *s, bool *out_stop)
    PTN_CONTRACT(SEARCHING(s) REQUIRES(s->depth != 0 && s->accepted.count == 0)
                     REQUIRES(WRITABLE(out_stop))
                         ASSIGNS(s->frames, s->root, s->steps_left, LINKS(s), s->accepted, SPENT(s),
                                 BEST(s), *out_stop) ENSURES(COUNTS(s)) ENSURES(FRAMES(s))
                             ENSURES(s->steps_left <= OLD(s->steps_left))
                                 ENSURES(RESULT == PATINA_OK ? s->accepted.count <= MAX_FRAMES
                                                             : s->accepted.count == 0))
{
    patina_err err = PATINA_ERR_CERT_UNKNOWN_ISSUER;
    while (top(s)->other_names != ALL_TRIED)
        PTN_LOOP(ASSIGNS(err, s->frames, s->root, s->steps_left, LINKS(s), s->accepted, SPENT(s),
                         BEST(s), *out_stop) INVARIANT(COUNTS(s)) INVARIANT(FRAMES(s))
                     INVARIANT(err != PATINA_OK && s->accepted.count == 0 &&
                               s->steps_left <= LOOP_OLD(s->steps_left)) DECREASES(s->steps_left))
    {
        const struct ptn_cert *root = next_root(s);
        if (s->comparisons_left == 0 || (root != NULL && s->steps_left == 0)) {
            *out_stop = true;
            return out_of_budget(s, "6.1");
        }
        if (root == NULL) {
            return err;
        }
        s->steps_left--;
        err = try_root(s, root, out_stop);
        if (err == PATINA_OK || *out_stop) {
            return err;
        }
    }
    return err;
}

// A certificate that was given and did not parse may have been the one that is missing.
static void note_unparsed(struct search *s, size_t index)
    PTN_CONTRACT(SEARCHING(s) REQUIRES(index < s->slots_count) ASSIGNS(BEST(s)))
{
    struct ptn_path_failure f = {.err = PTN_ITEM(s->slots, s->slots_count, index).err,
                                 .index = (int16_t)index,
                                 .rfc = 5280,
                                 .rule = "4.1"};
    note_failure(s, &f);
}

static void note_no_issuer(struct search *s)
    PTN_CONTRACT(SEARCHING(s) REQUIRES(s->depth != 0) ASSIGNS(BEST(s)))
{
    struct ptn_path_failure f = {.err = PATINA_ERR_CERT_UNKNOWN_ISSUER,
                                 .index = (int16_t)top(s)->index,
                                 .rfc = 5280,
                                 .rule = "6.1.1 (d)",
                                 .cert = slot_cert(s, top(s)->index)};
    note_failure(s, &f);
}

// Whether the given certificate `index` goes on top of the path.
static bool fits_on_top(struct search *s, size_t index)
    PTN_CONTRACT(SEARCHING(s) REQUIRES(s->depth != 0 && index < s->slots_count)
                     ASSIGNS(s->comparisons_left, BEST(s))
                         ENSURES(s->comparisons_left <= OLD(s->comparisons_left))
                             ENSURES(IMPLIES(RESULT, s->depth < MAX_FRAMES)))
{
    const struct slot *slot = &PTN_ITEM(s->slots, s->slots_count, index);
    if (slot->err != PATINA_OK) {
        note_unparsed(s, index);
        return false;
    }
    const struct ptn_cert *child = slot_cert(s, top(s)->index);
    if (!ptn_path_is_issuer(s->q, slot->cert.subject, child->issuer, &s->comparisons_left) ||
        is_loop(s, &slot->cert)) {
        return false;
    }
    if (s->depth > s->q->max_intermediates || s->depth == MAX_FRAMES) {
        struct ptn_path_failure f = {.err = PATINA_ERR_CERT_BUDGET,
                                     .index = (int16_t)index,
                                     .rfc = 5280,
                                     .rule = "6.1",
                                     .cert = &slot->cert};
        note_failure(s, &f);
        return false;
    }
    size_t known = find_link(s, child, &slot->cert);
    if (known < s->links_count && PTN_AT(s->links, known).err != PATINA_OK) {
        return false; // its signature has failed on another path
    }
    return is_usable_issuer(s, &slot->cert, (int16_t)index, false);
}

// The next given certificate: whether it goes on top, which it does when it may be the issuer.
static bool try_next(struct search *s, bool *out_stop) PTN_CONTRACT(
    SEARCHING(s) REQUIRES(s->depth != 0 && WRITABLE(out_stop))
        REQUIRES(s->frames[s->depth - 1].next < s->slots_count) ASSIGNS(CLIMBED(s), *out_stop)
            ENSURES(COUNTS(s)) ENSURES(FRAMES(s))
                ENSURES(RESULT ? s->depth == OLD(s->depth) + 1 && s->steps_left < OLD(s->steps_left)
                               : s->depth == OLD(s->depth) && s->steps_left <= OLD(s->steps_left) &&
                                     (*out_stop || s->steps_left < OLD(s->steps_left))))
{
    size_t index = top(s)->next;
    top(s)->next++;
    if (s->steps_left == 0 || s->comparisons_left == 0) {
        *out_stop = true;
        (void)out_of_budget(s, "6.1");
        return false;
    }
    s->steps_left--;
    if (!fits_on_top(s, index)) {
        return false;
    }
    push(s, index);
    return true;
}

// Goes on to the next given certificate that may be the issuer; false when there is none.
static bool extend(struct search *s, bool *out_stop) PTN_CONTRACT(
    SEARCHING(s) REQUIRES(s->depth != 0 && WRITABLE(out_stop)) ASSIGNS(CLIMBED(s), *out_stop)
        ENSURES(COUNTS(s)) ENSURES(FRAMES(s))
            ENSURES(RESULT ? s->depth == OLD(s->depth) + 1 && s->steps_left < OLD(s->steps_left)
                           : s->depth == OLD(s->depth) && s->steps_left <= OLD(s->steps_left)))
{
    while (top(s)->next < s->slots_count)
        PTN_LOOP(ASSIGNS(CLIMBED(s), *out_stop) INVARIANT(COUNTS(s)) INVARIANT(FRAMES(s))
                     INVARIANT(s->depth == LOOP_OLD(s->depth) &&
                               s->steps_left <= LOOP_OLD(s->steps_left)) DECREASES(s->steps_left))
    {
        if (try_next(s, out_stop)) {
            return true;
        }
        if (*out_stop) {
            return false;
        }
    }
    return false;
}

// Depth first: each turn tries the roots for the top frame, goes one certificate up, or one back.
static patina_err find_path(struct search *s)
    PTN_CONTRACT(SEARCH(s) BEGINNING(s) ASSIGNS(FOUND(s)) ENSURES(COUNTS(s)) ENSURES(FRAMES(s))
                     ENSURES(s->accepted.count <= MAX_FRAMES))
{
    bool stop = false;
    push(s, 0);
    while (s->depth != 0)
        PTN_LOOP(ASSIGNS(stop, FOUND(s)) INVARIANT(COUNTS(s)) INVARIANT(FRAMES(s))
                     INVARIANT(s->accepted.count == 0) DECREASES(s->steps_left, s->depth))
    {
        patina_err err = try_roots(s, &stop);
        if (err == PATINA_OK || stop) {
            return err;
        }
        if (extend(s, &stop)) {
            continue;
        }
        if (stop) {
            return PATINA_ERR_CERT_BUDGET;
        }
        note_no_issuer(s);
        s->depth--;
    }
    return s->best.err;
}

// ---- The whole

static void parse_slot(patina_span der, struct slot *out)
    PTN_CONTRACT(REQUIRES(SPAN(der) && WRITABLE(out)) ASSIGNS(*out))
{
    out->err = ptn_cert_parse(der, &out->cert);
}

static patina_err parse_chain(struct search *s)
    PTN_CONTRACT(SEARCH(s) GIVEN(s) ASSIGNS(__CPROVER_object_whole(s->slots), s->best))
{
    for (size_t i = 0; i < s->slots_count; i++)
        PTN_LOOP(ASSIGNS(i, __CPROVER_object_whole(s->slots)) INVARIANT(i <= s->slots_count)
                     DECREASES(s->slots_count - i))
    {
        parse_slot(PTN_ITEM(s->q->chain, s->q->chain_count, i),
                   &PTN_ITEM(s->slots, s->slots_count, i));
    }
    patina_err err = PTN_ITEM(s->slots, s->slots_count, 0).err;
    if (err != PATINA_OK) {
        s->best = (struct ptn_path_failure){.err = err, .rfc = 5280, .rule = "4.1"};
    }
    return err;
}

// A certificate that names itself as its issuer, and that no root of that name stands for: told
// apart, and before anything else, since such certificates are often made as authorities too.
static patina_err judge_self_signed(struct search *s) PTN_CONTRACT(SEARCH(s) ASSIGNS(s->best))
{
    const struct ptn_cert *leaf = slot_cert(s, 0);
    size_t position = 0;
    if (!ptn_cert_is_self_issued(leaf) ||
        ptn_roots_find(s->q->roots, leaf->subject, &position) != NULL) {
        return PATINA_OK;
    }
    for (size_t i = 1; i < s->slots_count; i++)
        PTN_LOOP(COUNTS_TO(i, s->slots_count))
    {
        if (ptn_span_equal(slot_cert(s, i)->subject, leaf->issuer) &&
            !ptn_span_equal(slot_cert(s, i)->spki.whole, leaf->spki.whole)) {
            return PATINA_OK; // an issuer of the same name was sent along
        }
    }
    s->best = (struct ptn_path_failure){
        .err = PATINA_ERR_CERT_SELF_SIGNED, .rfc = 5280, .rule = "6.1.1 (d)", .cert = leaf};
    return PATINA_ERR_CERT_SELF_SIGNED;
}

static patina_err judge_leaf(struct search *s)
    PTN_CONTRACT(SEARCH(s) ASSIGNS(s->comparisons_left, s->best)
                     ENSURES(s->comparisons_left <= OLD(s->comparisons_left)))
{
    return ptn_path_judge_leaf(s->q, slot_cert(s, 0), &s->comparisons_left, &s->best);
}

static patina_err run(struct search *s)
    PTN_CONTRACT(SEARCH(s) GIVEN(s) BEGINNING(s) ASSIGNS(__CPROVER_object_whole(s->slots), FOUND(s))
                     ENSURES(COUNTS(s)) ENSURES(FRAMES(s)) ENSURES(s->accepted.count <= MAX_FRAMES))
{
    PTN_TRY(parse_chain(s));
    PTN_TRY(judge_self_signed(s));
    PTN_TRY(judge_leaf(s));
    return find_path(s);
}

static void note_path(const struct search *s, struct ptn_path_result *out)
    PTN_CONTRACT(REQUIRES(READABLE(s) && WRITABLE(out) && s->depth <= MAX_FRAMES)
                     REQUIRES(s->slots_count <= PTN_MAX_CERTIFICATES && FRAMES(s))
                         ASSIGNS(out->path, out->path_count, out->root, out->links)
                             ENSURES(out->path_count == s->depth)
                                 ENSURES(out->links.count == s->accepted.count))
{
    for (size_t level = 0; level < s->depth; level++)
        PTN_LOOP(ASSIGNS(level, out->path) INVARIANT(level <= s->depth) DECREASES(s->depth - level))
    {
        PTN_AT(out->path, level) = (int16_t)PTN_AT(s->frames, level).index;
    }
    out->path_count = s->depth;
    out->root = s->root;
    out->links = s->accepted;
}

// Searches, and says what came of it and what it cost.
static patina_err run_and_tell(struct search *s, struct ptn_path_result *out)
    PTN_CONTRACT(SEARCH(s) GIVEN(s) BEGINNING(s) REQUIRES(WRITABLE(out))
                     ASSIGNS(__CPROVER_object_whole(s->slots), FOUND(s), *out)
                         ENSURES(IMPLIES(RESULT == PATINA_OK, out->path_count <= MAX_FRAMES &&
                                                                  out->links.count <= MAX_FRAMES)))
{
    patina_err err = run(s);
    out->signatures = s->signatures;
    out->steps = PTN_MAX_PATH_STEPS - s->steps_left;
    out->comparisons = PTN_MAX_NAME_COMPARISONS - s->comparisons_left;
    if (err == PATINA_OK) {
        note_path(s, out);
    } else if (!is_final(err)) {
        ptn_path_explain(s->q, &s->best, out);
    }
    return err;
}

patina_err ptn_path_verify(const struct ptn_path_request *request,
                           struct ptn_path_result *out_result)
{
    *out_result = (struct ptn_path_result){.certificate = -1};
    PTN_REQUIRE(request->chain_count != 0, PATINA_ERR_EMPTY_CERTIFICATE);
    PTN_REQUIRE(request->chain_count <= PTN_MAX_CERTIFICATES, PATINA_ERR_TOO_MANY_CERTIFICATES);
    size_t size = 0;
    if (!ptn_mul_size(request->chain_count, sizeof(struct slot), &size)) {
        return PATINA_ERR_NO_MEMORY;
    }
    struct search *s = ptn_arena_alloc(request->arena, sizeof *s);
    struct slot *slots = ptn_arena_alloc(request->arena, size);
    if (s == NULL || slots == NULL) {
        return PATINA_ERR_NO_MEMORY;
    }
    s->q = request;
    s->slots = slots;
    s->slots_count = request->chain_count;
    s->steps_left = PTN_MAX_PATH_STEPS;
    s->comparisons_left = PTN_MAX_NAME_COMPARISONS;
    return run_and_tell(s, out_result);
}
