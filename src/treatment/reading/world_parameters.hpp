#pragma once

#include <optional>
#include <string>
#include <vector>

#include "attune/core/config.hpp"

namespace attune::treatment::reading {

/// What a world lets a programme set: `[parameters]` of its file.
class WorldParameters {
 public:
  /// Of `assets/worlds/ID/world.toml`; none when that world or its list is not there.
  [[nodiscard]] static std::optional<WorldParameters> of_world(const std::string& id);
  /// The same from an open file.
  [[nodiscard]] static std::optional<WorldParameters> from(core::ConfigFile& world);

  /// A problem of `table` when the value under `name` is none that the world knows.
  void check(core::ConfigTable& table, const std::string& name) const;

 private:
  struct Parameter {
    std::string name;
    double low = 0.0, high = 0.0;
    std::vector<std::string> one_of;  ///< empty: a number
  };
  std::vector<Parameter> parameters_;
};

}  // namespace attune::treatment::reading
