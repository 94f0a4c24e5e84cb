#pragma once

#include "xr_replay/openxr.hpp"

namespace attune::xr_replay {

/// Whether a structure is there and says to be what the function takes.
template <typename S>
[[nodiscard]] bool is(const S* structure, XrStructureType type) {
  return structure != nullptr && structure->type == type;
}
template <typename S>
[[nodiscard]] bool is_or_null(const S* structure, XrStructureType type) {
  return structure == nullptr || structure->type == type;
}

/// The first structure of a type in a `next` chain, or null. What is not known is skipped and left alone.
template <typename S>
[[nodiscard]] const S* in_chain(const void* next, XrStructureType type) {
  for (auto* link = static_cast<const XrBaseInStructure*>(next); link != nullptr; link = link->next) {
    if (link->type == type) return reinterpret_cast<const S*>(link);
  }
  return nullptr;
}
template <typename S>
[[nodiscard]] S* out_chain(void* next, XrStructureType type) {
  for (auto* link = static_cast<XrBaseOutStructure*>(next); link != nullptr; link = link->next) {
    if (link->type == type) return reinterpret_cast<S*>(link);
  }
  return nullptr;
}

}  // namespace attune::xr_replay
