// SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
// Copyright the patina authors
//
// One name against one base of a constraint, form by form, RFC 5280 §4.2.1.10; used by
// constraints.c alone. Tags are those of GeneralName.
#ifndef PTN_X509_CONSTRAINT_FORMS_H
#define PTN_X509_CONSTRAINT_FORMS_H

#include "base/bytes.h"
#include "x509/extension.h"

enum ptn_verdict {
    PTN_INSIDE,
    PTN_OUTSIDE,
    PTN_UNDECIDED // fails closed on both sides
};

// Whether the base of a constraint has the form that RFC 5280 §4.2.1.10 gives it. Kinds that are
// not understood here are taken as they are.
bool ptn_constraint_is_valid(uint8_t tag, patina_span base)
    PTN_CONTRACT(REQUIRES(SPAN(base)) ASSIGNS());

// Whether a name can be judged: it is of a kind that is understood here, and has its form.
bool ptn_constrained_name_is_valid(uint8_t tag, patina_span name)
    PTN_CONTRACT(REQUIRES(SPAN(name)) ASSIGNS());

// Whether a valid name lies within a valid base of the same kind. Of a wildcard, all that it stands
// for must lie within a permitted base, and any of it lies within an excluded one.
enum ptn_verdict ptn_constraint_judge(uint8_t tag, patina_span name, patina_span base,
                                      bool excluding)
    PTN_CONTRACT(REQUIRES(SPAN(name) && SPAN(base)) ASSIGNS());

#endif
