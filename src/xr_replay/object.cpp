#include "xr_replay/object.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <new>

namespace attune::xr_replay {

Handles& Handles::all() {
  // Never destroyed, as programs may still call while the process is taken down, and not on the heap, as
  // loaders open and close the library with every instance.
  alignas(Handles) static std::array<std::byte, sizeof(Handles)> storage;
  static auto* const handles = new (storage.data()) Handles;
  return *handles;
}

std::uint64_t Handles::add(std::shared_ptr<Object> object, std::uint64_t parent) {
  const std::lock_guard lock(mutex_);
  const std::uint64_t handle = next_++;
  object->handle_ = handle;
  entries_[handle] = {std::move(object), parent, {}};
  if (const auto above = entries_.find(parent); above != entries_.end())
    above->second.children.push_back(handle);
  return handle;
}

std::shared_ptr<Object> Handles::find(std::uint64_t handle, XrObjectType type) const {
  const std::lock_guard lock(mutex_);
  const auto entry = entries_.find(handle);
  if (entry == entries_.end() || entry->second.object->type() != type) return nullptr;
  return entry->second.object;
}

void Handles::take(std::uint64_t handle, std::vector<std::shared_ptr<Object>>& taken) {
  const auto entry = entries_.find(handle);
  if (entry == entries_.end()) return;
  const Entry gone = std::move(entry->second);
  entries_.erase(entry);
  for (const std::uint64_t child : gone.children) take(child, taken);
  taken.push_back(gone.object);
}

void Handles::destroy(std::uint64_t handle) {
  std::vector<std::shared_ptr<Object>> taken;
  {
    const std::lock_guard lock(mutex_);
    if (const auto entry = entries_.find(handle); entry != entries_.end()) {
      if (const auto above = entries_.find(entry->second.parent); above != entries_.end()) {
        std::erase(above->second.children, handle);
      }
    }
    take(handle, taken);
    if (entries_.empty()) entries_ = decltype(entries_)();  // what the table itself holds goes too
  }
  for (const auto& object : taken) {
    object->destroyed_ = true;
    object->on_destroy();
  }
}

}  // namespace attune::xr_replay
