#include <nlohmann/json.hpp>

#include "attune/core/files.hpp"
#include "cli/train.hpp"

namespace attune::cli {

namespace {

/// The command that printed an evaluation.
std::string command_of(const nlohmann::json& figures, const std::string& data) {
  std::string command = "attune evaluate state --data " + figures.value("data", data) + " --set " +
                        figures.at("set").get<std::string>() + " --protocol " +
                        figures.at("protocol").get<std::string>();
  if (figures.contains("test")) command += " --test " + figures.at("test").get<std::string>();
  return command + " --seed " + figures.at("seed").dump() + " --json";
}

}  // namespace

core::Result<std::string> evaluation_in(const std::filesystem::path& file, const std::string& data) {
  const auto text = core::read_text(file);
  if (!text) return text.error();
  try {
    const auto figures = nlohmann::ordered_json::parse(*text);
    nlohmann::ordered_json entry{{"command", command_of(figures, data)}};
    for (const auto& [key, value] : figures.items()) {
      if (key != "questions" && key != "notes" && key != "seed" && key != "data") entry[key] = value;
    }
    return entry.dump();
  } catch (const nlohmann::json::exception& problem) {
    return core::bad_input(file.string() +
                           ": is not what 'attune evaluate state --json' prints: " + problem.what());
  }
}

}  // namespace attune::cli
