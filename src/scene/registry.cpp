#include "scene/registry.hpp"

#include <algorithm>

namespace attune::scene {

#define ATTUNE_WORLD(id, maker) std::unique_ptr<Setting> maker(core::ConfigTable& file);
#include "scene_worlds.inc"
#undef ATTUNE_WORLD

namespace {

struct Entry {
  const char* id;
  SettingMaker maker;
};

constexpr Entry entries[] = {
#define ATTUNE_WORLD(id, maker) {id, maker},
#include "scene_worlds.inc"
#undef ATTUNE_WORLD
};

}  // namespace

SettingMaker find_world(const std::string& id) {
  for (const auto& entry : entries) {
    if (id == entry.id) return entry.maker;
  }
  return nullptr;
}

std::vector<std::string> world_ids() {
  std::vector<std::string> ids;
  for (const auto& entry : entries) ids.emplace_back(entry.id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace attune::scene
