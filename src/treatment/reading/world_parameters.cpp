#include "treatment/reading/world_parameters.hpp"

#include <algorithm>
#include <limits>
#include <sstream>

#include "attune/core/files.hpp"

namespace attune::treatment::reading {

namespace {

std::string shown(double value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

std::string listed(const std::vector<std::string>& names) {
  std::string list;
  for (const auto& name : names) list += (list.empty() ? "" : ", ") + name;
  return list;
}

}  // namespace

std::optional<WorldParameters> WorldParameters::of_world(const std::string& id) {
  // An id that is a path would leave the folder of worlds.
  if (id.empty() || id.find('/') != std::string::npos) return std::nullopt;
  auto file = core::ConfigFile::read(core::assets_folder() / "worlds" / id / "world.toml");
  if (!file) return std::nullopt;
  return from(*file);
}

std::optional<WorldParameters> WorldParameters::from(core::ConfigFile& world) {
  auto table = world.root().table_or_none("parameters");
  if (!table) return std::nullopt;
  constexpr double any = std::numeric_limits<double>::max();
  WorldParameters result;
  for (const auto& name : table->keys()) {
    auto entry = table->table(name);
    Parameter parameter{
        name, entry.number_or("from", -any, -any, any), entry.number_or("to", any, -any, any), {}};
    if (entry.has("one_of")) parameter.one_of = entry.texts("one_of");
    result.parameters_.push_back(std::move(parameter));
  }
  return result;
}

void WorldParameters::check(core::ConfigTable& table, const std::string& name) const {
  const auto known = std::find_if(parameters_.begin(), parameters_.end(),
                                  [&](const Parameter& parameter) { return parameter.name == name; });
  if (known == parameters_.end()) {
    std::vector<std::string> names;
    for (const auto& parameter : parameters_) names.push_back(parameter.name);
    table.problem(name, "is nothing the world lets a step set; it knows: " + listed(names));
    return;
  }
  const bool is_number = table.is_number(name);
  if (!known->one_of.empty()) {
    const auto text = is_number ? std::string() : table.text(name);
    if (std::find(known->one_of.begin(), known->one_of.end(), text) == known->one_of.end()) {
      table.problem(name, "'" + name + "' must be one of the world's: " + listed(known->one_of));
    }
    return;
  }
  if (!is_number) {
    table.problem(name, "'" + name + "' must be a number");
    return;
  }
  constexpr double any = std::numeric_limits<double>::max();
  const double value = table.number(name, -any, any);
  if (value > known->high) {
    table.problem(name,
                  "'" + name + "' is " + shown(value) + ", above the world's limit of " + shown(known->high));
  } else if (value < known->low) {
    table.problem(name,
                  "'" + name + "' is " + shown(value) + ", below the world's limit of " + shown(known->low));
  }
}

}  // namespace attune::treatment::reading
