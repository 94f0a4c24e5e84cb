#include "attune/sim/population.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "attune/core/config.hpp"
#include "attune/core/files.hpp"
#include "attune/sim/random.hpp"

namespace attune::sim {
namespace fs = std::filesystem;
using Kind = Distribution::Kind;

namespace {

/// A key of the file: what its values may be, and where a patient keeps it.
struct Key {
  const char* name;
  double low, high;
  double PatientParameters::*number = nullptr;
  bool PatientParameters::*flag = nullptr;
  bool plant_b = false;
};

using P = PatientParameters;

// The order is part of how patients are drawn: a new key goes to the end.
constexpr std::array keys{
    Key{"x0", 0, 1, &P::x0},
    Key{"rho", 0, 10, &P::rho},
    Key{"gamma", 0.05, 10, &P::gamma},
    Key{"relief", 0, 1, &P::relief},
    Key{"compliance", 0, 1, &P::compliance},
    Key{"tau_up_s", 0.5, 3600, &P::tau_up_s},
    Key{"tau_down_s", 0.5, 3600, &P::tau_down_s},
    Key{"habituation_min", 0.1, 10000, &P::habituation_min},
    Key{"return_min", 0.1, 10000, &P::return_min},
    Key{"alpha", 0, 100, &P::alpha},
    Key{"v0", 0, 1, &P::v0},
    Key{"k_s", 0, 1, &P::k_s},
    Key{"sigma", 0, 0.5, &P::sigma},
    Key{"bias", -1, 1, &P::bias},
    Key{"gain_eye", 0, 20, &P::gain_eye},
    Key{"gain_head", 0, 20, &P::gain_head},
    Key{"gain_heart", 0, 20, &P::gain_heart},
    Key{"gain_breath", 0, 20, &P::gain_breath},
    Key{"gain_skin", 0, 20, &P::gain_skin},
    Key{"gain_tremor", 0, 20, &P::gain_tremor},
    Key{"freezes", 0, 1, nullptr, &P::freezes},
    Key{"still", 0, 1, nullptr, &P::still},
    Key{"hr0_bpm", 30, 150, &P::hr0_bpm},
    Key{"threat", 0, 1, &P::threat, nullptr, true},
    Key{"learning_min", 0.1, 10000, &P::learning_min, nullptr, true},
    Key{"generalise", 0, 1, &P::generalise, nullptr, true},
    Key{"omega", 0, 1, &P::omega, nullptr, true},
    Key{"sensitise_min", 0.1, 10000, &P::sensitise_min, nullptr, true},
    Key{"keep_first", 0, 1, &P::keep_first, nullptr, true},
    Key{"keep_spaced", 0, 1, &P::keep_spaced, nullptr, true},
    Key{"presence_exponent", 0, 10, &P::presence_exponent, nullptr, true},
    Key{"rigid", 0, 1, &P::rigid, nullptr, true},
};

constexpr double widest = 1e6;  // of deviations and shapes: only nonsense lies beyond

double positive(core::ConfigTable& table, const std::string& name, double high) {
  const double value = table.number(name, 0.0, high);
  if (value <= 0.0 && table.has(name)) table.problem(name, "must be above 0");
  return value;
}

Distribution read_distribution(core::ConfigTable table, const Key& key) {
  const std::string kind = table.text("dist");
  Distribution result;
  if (kind == "uniform") {
    result = {Kind::uniform, table.number("low", key.low, key.high), table.number("high", key.low, key.high)};
    if (result.first > result.second && table.has("high")) table.problem("high", "is below low");
  } else if (kind == "normal") {
    result = {Kind::normal, table.number("mean", key.low, key.high), table.number("sd", 0.0, widest)};
  } else if (kind == "lognormal") {
    result = {Kind::lognormal, positive(table, "median", key.high), table.number("sigma", 0.0, 10.0)};
  } else if (kind == "gamma") {
    result = {Kind::gamma, positive(table, "shape", widest), positive(table, "mean", key.high)};
  } else if (kind == "bernoulli") {
    result = {Kind::bernoulli, table.number("p", 0.0, 1.0), 0.0};
  } else if (kind == "constant") {
    result = {Kind::constant, table.number("value", key.low, key.high), 0.0};
  } else {
    if (table.has("dist")) {
      table.problem("dist",
                    "is '" + kind + "': use uniform, normal, lognormal, gamma, bernoulli or constant");
    }
    return result;
  }
  const bool is_flag = key.flag != nullptr;
  const bool is_yes_or_no =
      kind == "bernoulli" || (kind == "constant" && (result.first == 0.0 || result.first == 1.0));
  if (is_flag && !is_yes_or_no) table.problem("dist", "this is yes or no: use bernoulli, or constant 0 or 1");
  if (kind == "bernoulli" && !is_flag && key.low > 0.0)
    table.problem("dist", "0, which bernoulli gives, is too low here");
  table.finish();
  return result;
}

std::string available(const fs::path& folder) {
  std::vector<std::string> ids;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    if (entry.path().extension() == ".toml") ids.push_back(entry.path().stem().string());
  }
  std::sort(ids.begin(), ids.end());
  std::string list;
  for (const auto& id : ids) list += (list.empty() ? "" : ", ") + id;
  return list.empty() ? "none" : list;
}

core::Result<Population> parse_at(const std::string& text, const std::string& file,
                                  bool may_build_on_shipped) {
  auto config = core::ConfigFile::parse(text, file);
  if (!config) return config.error();
  auto& root = config->root();
  Population result;
  result.text = text;
  result.name = root.text("name");
  const bool based = root.has("based_on");
  if (based) {
    const auto base = root.text("based_on");
    if (base != "shipped") {
      root.problem("based_on", "is '" + base + "': only \"shipped\" can be built on");
    } else if (!may_build_on_shipped) {
      root.problem("based_on", "the shipped population stands on its own");
    } else {
      const auto path = core::assets_folder() / "populations" / "shipped.toml";
      auto shipped_text = core::read_text(path);
      if (!shipped_text) return shipped_text.error();
      auto shipped = parse_at(*shipped_text, path.string(), false);
      if (!shipped) return shipped.error();
      result.parameters = shipped->parameters;
    }
  }
  for (const auto& key : keys) {
    // What plant A does not use may be missing; what stands there must be right all the same.
    if (root.has(key.name) || !(based || key.plant_b)) {
      result.parameters[key.name] = read_distribution(root.table(key.name), key);
    }
  }
  root.finish();
  if (auto checked = config->check(); !checked) return checked.error();
  return result;
}

}  // namespace

double Distribution::draw(std::mt19937_64& random) const {
  switch (kind) {
    case Kind::uniform:
      return uniform(random, first, second);
    case Kind::normal:
      return first + second * normal(random);
    case Kind::lognormal:
      return lognormal(random, first, second);
    case Kind::gamma:
      return gamma(random, first) * second / first;
    case Kind::bernoulli:
      return unit(random) < first ? 1.0 : 0.0;
    case Kind::constant:
      return first;
  }
  return first;
}

core::Result<Population> Population::read(const std::string& path_or_id) {
  const bool is_path =
      path_or_id.find('/') != std::string::npos || fs::path(path_or_id).extension() == ".toml";
  const auto folder = core::assets_folder() / "populations";
  const auto path = is_path ? fs::path(path_or_id) : folder / (path_or_id + ".toml");
  std::error_code ignored;
  if (!is_path && !fs::exists(path, ignored)) {
    return core::bad_input("population '" + path_or_id +
                           "': unknown; give the path of a file or one of: " + available(folder));
  }
  auto text = core::read_text(path);
  if (!text) return text.error();
  const bool is_shipped = fs::equivalent(path, folder / "shipped.toml", ignored);
  return parse_at(*text, path.string(), !is_shipped);
}

core::Result<Population> Population::parse(const std::string& text, const std::string& file) {
  return parse_at(text, file, true);
}

core::Result<void> Population::check_plant_b() const {
  std::string missing;
  for (const auto& key : keys) {
    if (key.plant_b && !parameters.contains(key.name))
      missing += (missing.empty() ? "" : ", ") + std::string(key.name);
  }
  if (missing.empty()) return {};
  return core::bad_input("population '" + name + "': has no keys for plant b: " + missing);
}

PatientParameters draw_patient(const Population& population, std::mt19937_64& random) {
  const std::uint64_t person = random();
  PatientParameters result;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto& key = keys[i];
    const auto found = population.parameters.find(key.name);
    if (found == population.parameters.end()) continue;
    std::mt19937_64 own(derived_seed(person, i));
    const double value = std::clamp(found->second.draw(own), key.low, key.high);
    if (key.flag != nullptr) result.*key.flag = value > 0.5;
    if (key.number != nullptr) result.*key.number = value;
  }
  return result;
}

}  // namespace attune::sim
