#pragma once

#include <string>

#include "scene/setting.hpp"

namespace attune::scene {

/// The maker of a world, or null when no such world is built in. A file `worlds/<id>.cpp` is one world: the
/// build lists these files, and each defines `make_<id>` (with '_' for what no identifier may hold).
[[nodiscard]] SettingMaker find_world(const std::string& id);

}  // namespace attune::scene
