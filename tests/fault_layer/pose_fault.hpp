#pragma once

#include <openxr/openxr.h>

#include <string>

namespace attune::fault_layer {

/// Spoils a pose and its flags (those of views have the same bits as those of spaces):
///  - `invalid`: the flags say that nothing is valid, and the numbers are none
///  - `nan`, `far`: the flags say valid and tracked, the numbers are none, or light years away
///  - `no_turn`, `long_turn`: a quaternion of length 0, or 3
///  - `adrift`: the position is lost, its numbers are none; the orientation is good
///  - `untracked`: as it is, but guessed
void spoil(const std::string& how, XrFlags64& flags, XrPosef& pose);

}  // namespace attune::fault_layer
