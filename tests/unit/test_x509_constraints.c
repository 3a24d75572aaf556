// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// Name constraints, RFC 5280 §4.2.1.10: names inside and outside, wildcards, kinds not understood.
#include "x509_rows.h"

#include "x509/cert.h"
#include "x509/constraints.h"

struct row {
    const char *constraints, *san, *subject; // subject NULL: empty
    patina_err want;
};

static void run_row(void **state)
{
    const struct row *row = *state;
    patina_span constraints = der_bytes(row->constraints);
    patina_span san = der_bytes(row->san);
    patina_span subject = der_bytes(row->subject == NULL ? "30{ }" : row->subject);
    struct ptn_cert cert = {.ext.san = san, .subject = subject};
    size_t budget = 1000;
    uint8_t tag = 1;
    patina_span name = {(const uint8_t *)"x", 1};
    patina_err err = ptn_constraints_check(constraints, &cert, &budget, &tag, &name);
    assert_err(err, row->want);
    assert_int_equal(tag != 0, row->want == PATINA_ERR_CERT_NAME_CONSTRAINT);
    if (row->want != PATINA_ERR_CERT_NAME_CONSTRAINT) {
        assert_null(name.ptr);
    }
    der_free(subject);
    der_free(san);
    der_free(constraints);
}

static void budget_is_counted(void **state)
{
    (void)state;
    patina_span constraints =
        der_bytes("a0{ 30{ 82{ 'a.test' } } 30{ 82{ 'b.test' } } } a1{ 30{ 82{ 'c.test' } } }");
    patina_span san = der_bytes("82{ 'x.a.test' } 82{ 'x.b.test' }");
    patina_span subject = der_bytes("30{ }");
    struct ptn_cert cert = {.ext.san = san, .subject = subject};
    uint8_t tag = 0;
    patina_span name;
    size_t budget = 7; // a step a name, and one for each base it is compared with
    assert_err(ptn_constraints_check(constraints, &cert, &budget, &tag, &name), PATINA_OK);
    assert_int_equal(budget, 0);
    for (size_t i = 0; i < 7; i++) {
        budget = i;
        assert_err(ptn_constraints_check(constraints, &cert, &budget, &tag, &name),
                   PATINA_ERR_CERT_BUDGET);
        assert_int_equal(budget, 0);
    }
    der_free(subject);
    der_free(san);
    der_free(constraints);
}

// Each step by itself, and more of them for long names.
static void budget_of_each_step(void **state)
{
    (void)state;
    static const struct {
        const char *constraints, *san;
        size_t steps;
    } rows[] = {
        {"a0{ 30{ 81{ 'b.test' } } }", "82{ 'a.test' }", 1},
        {"a1{ 30{ 82{ 'b.test' } } }", "82{ 'a.test' }", 2},
        {"a1{ 30{ 82{ 'b.test' } } 30{ 82{ 'c.test' } } }", "82{ 'a.test' }", 3},
        {"a0{ 30{ 82{ 'a.test' } } }", "82{ 'a.test' }", 2},
        {"a1{ 30{ 86{ 'b.test' } } }", "86{ 'https://a.test/' 500*78 }", 6},
    };
    for (size_t i = 0; i < PTN_COUNT(rows); i++) {
        patina_span constraints = der_bytes(rows[i].constraints);
        patina_span san = der_bytes(rows[i].san);
        patina_span subject = der_bytes("30{ }");
        struct ptn_cert cert = {.ext.san = san, .subject = subject};
        uint8_t tag = 0;
        patina_span name;
        size_t budget = rows[i].steps;
        assert_err(ptn_constraints_check(constraints, &cert, &budget, &tag, &name), PATINA_OK);
        assert_int_equal(budget, 0);
        budget = rows[i].steps - 1;
        assert_err(ptn_constraints_check(constraints, &cert, &budget, &tag, &name),
                   PATINA_ERR_CERT_BUDGET);
        assert_int_equal(tag, 0);
        der_free(subject);
        der_free(san);
        der_free(constraints);
    }
}

static void subtrees_up_to_the_limit(void **state)
{
    (void)state;
    for (size_t count = PTN_MAX_NAME_CONSTRAINTS; count <= PTN_MAX_NAME_CONSTRAINTS + 1; count++) {
        char text[16384] = "a0{ 30{ 82{ } } } a1{ ";
        for (size_t i = 1; i < count; i++) {
            (void)strcat(text, "30{ 82{ 'x' } } ");
        }
        (void)strcat(text, "}");
        patina_span constraints = der_bytes(text);
        patina_span subject = der_bytes("30{ }");
        struct ptn_cert cert = {.subject = subject};
        size_t budget = 1000;
        uint8_t tag = 0;
        patina_span name;
        assert_err(ptn_constraints_check(constraints, &cert, &budget, &tag, &name),
                   count <= PTN_MAX_NAME_CONSTRAINTS ? PATINA_OK : PATINA_ERR_CERT_BUDGET);
        der_free(subject);
        der_free(constraints);
    }
}

#define DNS(name) "30{ 82{ '" name "' } }"
#define IP(octets) "30{ 87{ " octets " } }"
#define PERMITTED(bases) "a0{ " bases " }"
#define EXCLUDED(bases) "a1{ " bases " }"
#define NAME(name) "82{ '" name "' }"
#define EMAIL(base) "30{ 81{ '" base "' } }"
#define MAIL(name) "81{ '" name "' }"
#define URI(base) "30{ 86{ '" base "' } }"
#define AT(name) "86{ '" name "' }"
#define DIR(parts) "30{ a4{ 30{ " parts " } } }"
#define E(text) "31{ 30{ 06{ 2a864886f70d010901 } 16{ '" text "' } } }"
#define TWO(cn, o) "31{ 30{ 0603 550403 0c{ '" cn "' } } 30{ 0603 55040a 0c{ '" o "' } } }"
#define CN(text) "31{ 30{ 0603 550403 0c{ '" text "' } } }"
#define O(text) "31{ 30{ 0603 55040a 0c{ '" text "' } } }"
#define ROW(text, want, constraints, san)        \
    {                                            \
        text, run_row, NULL, NULL, &(struct row) \
        {                                        \
            constraints, san, NULL, want         \
        }                                        \
    }
#define SUBJECT(text, want, constraints, subject) \
    {                                             \
        text, run_row, NULL, NULL, &(struct row)  \
        {                                         \
            constraints, "", subject, want        \
        }                                         \
    }
#define IN PATINA_OK
#define OUT PATINA_ERR_CERT_NAME_CONSTRAINT
#define BAD PATINA_ERR_CERT_ENCODING

static const struct CMUnitTest tests[] = {
    ROW("the name itself", IN, PERMITTED(DNS("a.test")), NAME("a.test")),
    ROW("below", IN, PERMITTED(DNS("a.test")), NAME("x.y.a.test")),
    ROW("but for case", IN, PERMITTED(DNS("A.test")), NAME("x.a.TEST")),
    ROW("same end, no dot", OUT, PERMITTED(DNS("a.test")), NAME("xa.test")),
    ROW("above", OUT, PERMITTED(DNS("a.test")), NAME("test")),
    ROW("beside", OUT, PERMITTED(DNS("a.test")), NAME("b.test")),
    ROW("one of two permitted", IN, PERMITTED(DNS("a.test") DNS("b.test")), NAME("b.test")),
    ROW("one of two names outside", OUT, PERMITTED(DNS("a.test")), NAME("a.test") NAME("b.test")),
    ROW("empty constraint permits all", IN, PERMITTED(DNS("")), NAME("a.test")),
    ROW("empty constraint excludes all", OUT, EXCLUDED(DNS("")), NAME("a.test")),
    ROW("leading dot permits below", IN, PERMITTED(DNS(".a.test")), NAME("x.a.test")),
    ROW("leading dot does not permit itself", OUT, PERMITTED(DNS(".a.test")), NAME("a.test")),
    ROW("leading dot excludes below", OUT, EXCLUDED(DNS(".a.test")), NAME("x.a.test")),
    ROW("leading dot excludes itself", OUT, EXCLUDED(DNS(".a.test")), NAME("a.test")),
    ROW("excluded itself", OUT, EXCLUDED(DNS("a.test")), NAME("a.test")),
    ROW("excluded below", OUT, EXCLUDED(DNS("a.test")), NAME("x.a.test")),
    ROW("not excluded", IN, EXCLUDED(DNS("a.test")), NAME("b.test")),
    ROW("excluded inside permitted", OUT, PERMITTED(DNS("a.test")) EXCLUDED(DNS("x.a.test")),
        NAME("x.a.test")),
    ROW("permitted beside excluded", IN, PERMITTED(DNS("a.test")) EXCLUDED(DNS("x.a.test")),
        NAME("y.a.test")),
    ROW("wildcard permitted", IN, PERMITTED(DNS("a.test")), NAME("*.a.test")),
    ROW("wildcard below permitted", IN, PERMITTED(DNS("a.test")), NAME("*.x.a.test")),
    ROW("wildcard wider than permitted", OUT, PERMITTED(DNS("x.a.test")), NAME("*.a.test")),
    ROW("wildcard under a leading dot", IN, PERMITTED(DNS(".a.test")), NAME("*.a.test")),
    ROW("wildcard excluded", OUT, EXCLUDED(DNS("a.test")), NAME("*.a.test")),
    ROW("wildcard covers the excluded", OUT, EXCLUDED(DNS("x.a.test")), NAME("*.a.test")),
    ROW("wildcard covers the excluded but for case", OUT, EXCLUDED(DNS("x.A.test")),
        NAME("*.a.test")),
    ROW("wildcard too short for the excluded", IN, EXCLUDED(DNS("x.y.a.test")), NAME("*.a.test")),
    ROW("wildcard beside the excluded", IN, EXCLUDED(DNS("b.test")), NAME("*.a.test")),
    ROW("wildcard under all excluded", OUT, EXCLUDED(DNS("")), NAME("*.a.test")),
    ROW("DNS does not bind addresses", IN, PERMITTED(DNS("a.test")), "87{ c0000201 }"),
    ROW("DNS does not bind e-mail", IN, PERMITTED(DNS("a.test")), "81{ 'x@b.test' }"),
    ROW("no name at all", IN, PERMITTED(DNS("a.test")), ""),
    ROW("IPv4 inside", IN, PERMITTED(IP("c0000200 ffffff00")), "87{ c00002ff }"),
    ROW("IPv4 outside", OUT, PERMITTED(IP("c0000200 ffffff00")), "87{ c0000301 }"),
    ROW("IPv4 inside 20 bits", IN, PERMITTED(IP("0a000000 fffff000")), "87{ 0a000fff }"),
    ROW("IPv4 outside 20 bits", OUT, PERMITTED(IP("0a000000 fffff000")), "87{ 0a001000 }"),
    ROW("IPv4 excluded", OUT, EXCLUDED(IP("c0000200 ffffff00")), "87{ c0000201 }"),
    ROW("IPv4 not excluded", IN, EXCLUDED(IP("c0000200 ffffff00")), "87{ c0000301 }"),
    ROW("IPv4 all excluded", OUT, EXCLUDED(IP("00000000 00000000")), "87{ c0000301 }"),
    ROW("IPv6 is not IPv4", OUT, PERMITTED(IP("c0000200 ffffff00")), "87{ 16*00 }"),
    ROW("IPv6 beside excluded IPv4", IN, EXCLUDED(IP("00000000 00000000")), "87{ 16*00 }"),
    ROW("IPv6 inside", IN, PERMITTED(IP("20010db8 12*00 ffffffff 12*00")), "87{ 20010db8 12*01 }"),
    ROW("IPv6 outside", OUT, PERMITTED(IP("20010db8 12*00 ffffffff 12*00")),
        "87{ 20010db9 12*01 }"),
    ROW("address of five octets", OUT, EXCLUDED(IP("c0000200 ffffff00")), "87{ c000020100 }"),
    ROW("base of five octets", BAD, PERMITTED(IP("c0000200 ff")), ""),
    ROW("base of sixteen octets", BAD, PERMITTED(IP("16*00")), ""),
    ROW("mask with a hole", BAD, PERMITTED(IP("c0000200 ff00ff00")), ""),
    ROW("mask with a hole in an octet", BAD, PERMITTED(IP("c0000200 ffffff0f")), ""),
    ROW("mask that goes on", BAD, PERMITTED(IP("c0000200 f0f00000")), ""),
    ROW("mask of ones", IN, PERMITTED(IP("c0000201 ffffffff")), "87{ c0000201 }"),
    ROW("e-mail constrained, none present", IN, PERMITTED("30{ 81{ 'a.test' } }"), NAME("a.test")),
    ROW("e-mail of a host", IN, PERMITTED(EMAIL("a.test")), MAIL("x@a.test")),
    ROW("e-mail of a host but for case", IN, PERMITTED(EMAIL("A.test")), MAIL("x@a.TEST")),
    ROW("e-mail of a host below", OUT, PERMITTED(EMAIL("a.test")), MAIL("x@b.a.test")),
    ROW("e-mail of another host", OUT, PERMITTED(EMAIL("a.test")), MAIL("x@b.test")),
    ROW("e-mail of a domain", IN, PERMITTED(EMAIL(".a.test")), MAIL("x@b.a.test")),
    ROW("e-mail of a domain, its own host", OUT, PERMITTED(EMAIL(".a.test")), MAIL("x@a.test")),
    ROW("e-mail of a mailbox", IN, PERMITTED(EMAIL("x@a.test")), MAIL("x@A.test")),
    ROW("e-mail of a mailbox, another user", OUT, PERMITTED(EMAIL("x@a.test")), MAIL("y@a.test")),
    ROW("e-mail of a mailbox, the user's case", OUT, PERMITTED(EMAIL("x@a.test")),
        MAIL("X@a.test")),
    ROW("e-mail of a mailbox excluded, the user's case", OUT, EXCLUDED(EMAIL("x@a.test")),
        MAIL("X@a.test")),
    ROW("e-mail of a mailbox excluded, another user", IN, EXCLUDED(EMAIL("x@a.test")),
        MAIL("y@a.test")),
    ROW("e-mail with an asterisk is a mailbox", OUT, PERMITTED(EMAIL("*@a.test")),
        MAIL("x@a.test")),
    ROW("e-mail of a host excluded", OUT, EXCLUDED(EMAIL("a.test")), MAIL("x@a.test")),
    ROW("e-mail of another host excluded", IN, EXCLUDED(EMAIL("b.test")), MAIL("x@a.test")),
    ROW("e-mail of a domain excluded", OUT, EXCLUDED(EMAIL(".a.test")), MAIL("x@b.a.test")),
    ROW("e-mail all excluded", OUT, EXCLUDED(EMAIL("")), MAIL("x@a.test")),
    ROW("e-mail all permitted", IN, PERMITTED(EMAIL("")), MAIL("x@a.test")),
    ROW("e-mail of one of two permitted", IN, PERMITTED(EMAIL("b.test") EMAIL("a.test")),
        MAIL("x@a.test")),
    ROW("e-mail with two at signs", OUT, PERMITTED(EMAIL("a.test")), MAIL("y@x@a.test")),
    ROW("e-mail with two at signs beside what is excluded", OUT, EXCLUDED(EMAIL("b.test")),
        MAIL("y@x@a.test")),
    ROW("e-mail without a user", OUT, EXCLUDED(EMAIL("b.test")), MAIL("@a.test")),
    ROW("e-mail without a host", OUT, EXCLUDED(EMAIL("b.test")), MAIL("a.test")),
    ROW("e-mail with a user in quotes is not read", OUT, PERMITTED(EMAIL("a.test")),
        MAIL("\"x\"@a.test")),
    ROW("e-mail with a space", OUT, EXCLUDED(EMAIL("b.test")), MAIL("x @a.test")),
    ROW("e-mail with a zero byte", OUT, EXCLUDED(EMAIL("b.test")), "81{ 'x@a.test' 00 }"),
    ROW("e-mail at an address", OUT, EXCLUDED(EMAIL("b.test")), MAIL("x@[192.0.2.1]")),
    ROW("e-mail of 318 bytes", IN, EXCLUDED(EMAIL("b.test")), "81{ 311*78 '@a.test' }"),
    ROW("e-mail of 319 bytes", OUT, EXCLUDED(EMAIL("b.test")), "81{ 312*78 '@a.test' }"),
    ROW("e-mail base with two at signs", BAD, PERMITTED(EMAIL("y@x@a.test")), ""),
    ROW("e-mail base with a wildcard host", BAD, PERMITTED(EMAIL("*.a.test")), ""),
    ROW("e-mail base with two dots in front", BAD, PERMITTED(EMAIL("..a.test")), ""),
    ROW("mailbox of RFC 9598 where e-mail is constrained", OUT, EXCLUDED(EMAIL("b.test")),
        "a0{ 06{ 2b06010505070809 } a0{ 0c{ 'x@a.test' } } }"),
    ROW("mailbox of RFC 9598 where it is not", IN, EXCLUDED(DNS("b.test")),
        "a0{ 06{ 2b06010505070809 } a0{ 0c{ 'x@a.test' } } }"),
    ROW("other name where e-mail is constrained", IN, EXCLUDED(EMAIL("b.test")),
        "a0{ 06{ 2a0304 } a0{ 0c{ 'x@a.test' } } }"),
    SUBJECT("e-mail in the subject", IN, PERMITTED(EMAIL("a.test")), "30{ " E("x@a.test") " }"),
    SUBJECT("e-mail in the subject outside", OUT, PERMITTED(EMAIL("a.test")),
            "30{ " O("A") E("x@b.test") " }"),
    SUBJECT("e-mail in the subject excluded", OUT, EXCLUDED(EMAIL("a.test")),
            "30{ " E("x@a.test") O("A") " }"),
    SUBJECT("e-mail in the subject malformed", OUT, EXCLUDED(EMAIL("a.test")),
            "30{ " E("a.test") " }"),
    SUBJECT("e-mail in the subject, not constrained", IN, PERMITTED(DNS("a.test")),
            "30{ " E("x@b.test") " }"),
    SUBJECT("subject without e-mail", IN, PERMITTED(EMAIL("a.test")), "30{ " O("A") " }"),
    SUBJECT("subject malformed where e-mail is constrained", BAD, PERMITTED(EMAIL("a.test")),
            "30{ 31{ 0500 } }"),
    SUBJECT("subject that is no sequence where e-mail is constrained", BAD,
            PERMITTED(EMAIL("a.test")), "31{ " O("A") " }"),
    SUBJECT("subject with a part that is no set where e-mail is constrained", BAD,
            PERMITTED(EMAIL("a.test")), "30{ 30{ } }"),
    ROW("URI of a host", IN, PERMITTED(URI("a.test")), AT("spiffe://a.test/x")),
    ROW("URI of a host but for case", IN, PERMITTED(URI("A.test")), AT("https://a.TEST")),
    ROW("URI of a host with user and port", IN, PERMITTED(URI("a.test")),
        AT("https://me:x@a.test:8443/b.test")),
    ROW("URI of a host below", OUT, PERMITTED(URI("a.test")), AT("https://b.a.test/")),
    ROW("URI of a domain", IN, PERMITTED(URI(".a.test")), AT("https://c.b.a.test/")),
    ROW("URI of a domain, its own host", OUT, PERMITTED(URI(".a.test")), AT("https://a.test/")),
    ROW("URI with a user like a host", OUT, PERMITTED(URI("a.test")), AT("https://a.test@b.test/")),
    ROW("URI with two at signs", OUT, PERMITTED(URI("a.test")), AT("https://b.test@x@a.test/")),
    ROW("URI with a host in its path", OUT, PERMITTED(URI("a.test")), AT("https://b.test/a.test")),
    ROW("URI with a query in place of a path", OUT, PERMITTED(URI("a.test")),
        AT("https://b.test?@a.test/")),
    ROW("URI with a fragment in place of a path", OUT, PERMITTED(URI("a.test")),
        AT("https://b.test#@a.test/")),
    ROW("URI with a backslash", OUT, PERMITTED(URI("a.test")), AT("https://b.test\\@a.test/")),
    ROW("URI excluded", OUT, EXCLUDED(URI("a.test")), AT("https://a.test/")),
    ROW("URI beside what is excluded", IN, EXCLUDED(URI("a.test")), AT("https://b.test/")),
    ROW("URI all excluded", OUT, EXCLUDED(URI("")), AT("https://b.test/")),
    ROW("URI without an authority", OUT, EXCLUDED(URI("a.test")), AT("urn:x:y")),
    ROW("URI at an IPv4 address", OUT, EXCLUDED(URI("a.test")), AT("https://192.0.2.1/")),
    ROW("URI at an IPv6 address", OUT, EXCLUDED(URI("a.test")), AT("https://[::1]/")),
    ROW("URI with an encoded host", OUT, EXCLUDED(URI("a.test")), AT("https://%61.test/")),
    ROW("URI with a port that is none", OUT, EXCLUDED(URI("a.test")), AT("https://b.test:x/")),
    ROW("URI with a space", OUT, EXCLUDED(URI("a.test")), AT("https://b.test/ ")),
    ROW("URI base that is a URI", BAD, PERMITTED(URI("https://a.test")), ""),
    ROW("URI base that is an address", BAD, PERMITTED(URI("192.0.2.1")), ""),
    ROW("URI where DNS is constrained", IN, PERMITTED(DNS("a.test")), AT("https://b.test/")),
    ROW("DNS name with a dot in front", OUT, PERMITTED(DNS("a.test")), NAME(".a.test")),
    ROW("DNS name with a dot behind", OUT, EXCLUDED(DNS("b.test")), NAME("a.test.")),
    ROW("DNS name with an empty label", OUT, PERMITTED(DNS("a.test")), NAME("x..a.test")),
    ROW("DNS name that is an address", OUT, EXCLUDED(DNS("b.test")), NAME("192.0.2.1")),
    ROW("DNS name with a zero byte", OUT, EXCLUDED(DNS("b.test")), "82{ 'a' 00 '.test' }"),
    ROW("DNS name that is empty", OUT, EXCLUDED(DNS("b.test")), NAME("")),
    ROW("DNS name with a wildcard inside", OUT, PERMITTED(DNS("a.test")), NAME("x.*.a.test")),
    ROW("DNS name with half a wildcard", OUT, PERMITTED(DNS("a.test")), NAME("x*.a.test")),
    ROW("DNS name that is a wildcard alone", OUT, EXCLUDED(DNS("b.test")), NAME("*")),
    ROW("DNS name with an underscore", IN, PERMITTED(DNS("a.test")), NAME("_x.a.test")),
    ROW("DNS name malformed where e-mail is constrained", IN, EXCLUDED(EMAIL("b.test")),
        NAME(".a.test")),
    ROW("DNS base with a wildcard", BAD, PERMITTED(DNS("*.a.test")), ""),
    ROW("DNS base with a dot behind", BAD, EXCLUDED(DNS("a.test.")), ""),
    ROW("DNS base with two dots in front", BAD, EXCLUDED(DNS("..a.test")), ""),
    ROW("DNS base that is a dot", BAD, EXCLUDED(DNS(".")), ""),
    ROW("DNS base with a zero byte", BAD, EXCLUDED("30{ 82{ 'a.test' 00 } }"), ""),
    ROW("base with a tag of DNS names in parts", BAD, EXCLUDED("30{ a2{ 16{ 'a.test' } } }"), ""),
    ROW("base that is no name", BAD, EXCLUDED("30{ 16{ 'a.test' } }"), ""),
    ROW("base of kind 9", BAD, EXCLUDED("30{ 89{ } }"), ""),
    ROW("registered ID constrained and present", OUT, PERMITTED("30{ 88{ 2a0304 } }"),
        "88{ 2a0304 }"),
    ROW("registered ID constrained, none present", IN, PERMITTED("30{ 88{ 2a0304 } }"),
        NAME("a.test")),
    ROW("other name constrained and present: fails closed", OUT,
        PERMITTED("30{ a0{ 0603 2a0304 } }"), "a0{ 0603 2a0304 }"),
    SUBJECT("directory name permitted", IN, PERMITTED("30{ a4{ 30{ " O("A") " } } }"),
            "30{ " O("A") CN("x") " }"),
    SUBJECT("directory name the same", IN, PERMITTED("30{ a4{ 30{ " O("A") " } } }"),
            "30{ " O("A") " }"),
    SUBJECT("directory name outside", OUT, PERMITTED("30{ a4{ 30{ " O("A") " } } }"),
            "30{ " O("B") CN("x") " }"),
    SUBJECT("directory name with a part in front", OUT, PERMITTED("30{ a4{ 30{ " O("A") " } } }"),
            "30{ " CN("x") O("A") " }"),
    SUBJECT("directory name shorter", OUT, PERMITTED("30{ a4{ 30{ " O("A") CN("x") " } } }"),
            "30{ " O("A") " }"),
    SUBJECT("directory name excluded", OUT, EXCLUDED("30{ a4{ 30{ " O("A") " } } }"),
            "30{ " O("A") CN("x") " }"),
    SUBJECT("another directory name excluded", IN, EXCLUDED(DIR(O("B"))), "30{ " O("A") " }"),
    SUBJECT("directory name but for case and spaces", IN, PERMITTED(DIR(O("acme  WIDGETS"))),
            "30{ " O(" Acme Widgets  ") CN("x") " }"),
    SUBJECT("directory name excluded but for case and spaces", OUT,
            EXCLUDED(DIR(O("Acme Widgets"))), "30{ " O("ACME   widgets") " }"),
    SUBJECT("directory name with a space where none is", OUT, PERMITTED(DIR(O("AcmeWidgets"))),
            "30{ " O("Acme Widgets") " }"),
    SUBJECT("directory name longer by a letter", OUT, PERMITTED(DIR(O("Acme"))),
            "30{ " O("Acmes") " }"),
    SUBJECT("directory name as another string", IN,
            PERMITTED(DIR("31{ 30{ 0603 55040a 13{ 'a' } } }")), "30{ " O("A") " }"),
    SUBJECT("directory name of another type", OUT, PERMITTED(DIR(CN("A"))), "30{ " O("A") " }"),
    SUBJECT("directory name of another type excluded", IN, EXCLUDED(DIR(CN("A"))),
            "30{ " O("A") " }"),
    SUBJECT("directory name beyond ASCII, the same bytes", IN,
            PERMITTED(DIR("31{ 30{ 0603 55040a 0c{ c384 } } }")),
            "30{ 31{ 30{ 0603 55040a 0c{ c384 } } } }"),
    SUBJECT("directory name beyond ASCII, excluded in small letters", OUT,
            EXCLUDED(DIR("31{ 30{ 0603 55040a 0c{ c384 } } }")),
            "30{ 31{ 30{ 0603 55040a 0c{ c3a4 } } } }"),
    SUBJECT("directory name beyond ASCII, permitted in small letters", OUT,
            PERMITTED(DIR("31{ 30{ 0603 55040a 0c{ c384 } } }")),
            "30{ 31{ 30{ 0603 55040a 0c{ c3a4 } } } }"),
    SUBJECT("directory name as BMPString excluded", OUT, EXCLUDED(DIR(O("A"))),
            "30{ 31{ 30{ 0603 55040a 1e{ 0041 } } } }"),
    SUBJECT("directory name that is no text excluded", IN,
            EXCLUDED(DIR("31{ 30{ 0603 55042d 03{ 0001 } } }")),
            "30{ 31{ 30{ 0603 55042d 03{ 0002 } } } }"),
    SUBJECT("directory name of two attributes", IN, PERMITTED(DIR(TWO("a", "b"))),
            "30{ " TWO("A", "B") " }"),
    SUBJECT("directory name of two attributes, one other", OUT, PERMITTED(DIR(TWO("a", "b"))),
            "30{ " TWO("A", "C") " }"),
    SUBJECT("directory name of two attributes excluded, in another order", OUT,
            EXCLUDED(DIR(TWO("a", "b"))),
            "30{ 31{ 30{ 0603 55040a 0c{ 'b' } } 30{ 0603 550403 0c{ 'a' } } } }"),
    SUBJECT("directory name with an attribute more excluded", IN, EXCLUDED(DIR(CN("a"))),
            "30{ " TWO("A", "B") " }"),
    SUBJECT("all directory names excluded", OUT, EXCLUDED(DIR("")), "30{ " O("A") " }"),
    ROW("directory name malformed", OUT, EXCLUDED(DIR(O("A"))), "a4{ 30{ 31{ } } }"),
    ROW("directory name followed by more", OUT, EXCLUDED(DIR(O("A"))), "a4{ 30{ " O("B") " } 00 }"),
    ROW("directory base malformed", BAD, EXCLUDED("30{ a4{ 30{ 31{ } } } }"), ""),
    ROW("directory base that is no name", BAD, EXCLUDED("30{ a4{ 31{ } } }"), ""),
    SUBJECT("no subject under directory names", IN, PERMITTED("30{ a4{ 30{ " O("A") " } } }"),
            NULL),
    ROW("directory name in subjectAltName outside", OUT, PERMITTED("30{ a4{ 30{ " O("A") " } } }"),
        "a4{ 30{ " O("B") " } }"),
    ROW("directory name in subjectAltName inside", IN, PERMITTED("30{ a4{ 30{ " O("A") " } } }"),
        "a4{ 30{ " O("A") " } }"),
    ROW("permitted empty", BAD, PERMITTED(""), ""),
    ROW("excluded empty", BAD, EXCLUDED(""), ""),
    ROW("the wrong way round", BAD, EXCLUDED(DNS("b.test")) PERMITTED(DNS("a.test")), ""),
    ROW("unknown part", BAD, PERMITTED(DNS("a.test")) "a2{ }", ""),
    ROW("minimum written out", BAD, PERMITTED("30{ 82{ 'a.test' } 800100 }"), ""),
    ROW("maximum", BAD, PERMITTED("30{ 82{ 'a.test' } 810105 }"), ""),
    ROW("subtree without base", BAD, PERMITTED("30{ }"), ""),
    ROW("subtree no sequence", BAD, PERMITTED("82{ 'a.test' }"), ""),
    ROW("excluded malformed", BAD, EXCLUDED("30{ 8205 61 }"), ""),
    ROW("names malformed", BAD, PERMITTED(DNS("a.test")), "8205 61"),
    cmocka_unit_test(budget_is_counted),
    cmocka_unit_test(budget_of_each_step),
    cmocka_unit_test(subtrees_up_to_the_limit),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
