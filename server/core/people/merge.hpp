// What becomes of the things of somebody who was found to be somebody else (P7). All of it changes
// drafts in place and refuses nothing.
#pragma once

#include <string>

#include "core/changes.hpp"

namespace plenary::core {

// One person of two: name and delegation of `into`, roles and admission of both; muted if either
// was, here since the earlier of both.
v1::Person merged_person(const v1::Person& from, const v1::Person& into);

// Places, with holder and speaker; of two of the same kind the better one stays (Q4). `into` as
// merged.
void merge_requests(Draft& draft, const std::string& from_id, const v1::Person& into);
// Speeches, also one that runs, whose names stay as they were (T6); named speakers of items;
// personal invitations; acts that can still be undone; keys that led to the first.
void merge_traces(Draft& draft, const std::string& from_id, const std::string& into_id);

}  // namespace plenary::core
