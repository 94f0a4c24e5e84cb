#include "cli/examples/set_folders.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace attune::cli {
namespace fs = std::filesystem;

core::Result<std::vector<fs::path>> people_in(const fs::path& folder) {
  std::vector<fs::path> people;
  std::error_code problem;
  for (const auto& entry : fs::directory_iterator(folder, problem)) {
    if (!entry.path().filename().string().starts_with('.')) people.push_back(entry.path());
  }
  if (problem) return core::bad_input(folder.string() + ": cannot be listed: " + problem.message());
  if (people.empty()) return core::bad_input(folder.string() + ": holds nobody");
  std::sort(people.begin(), people.end());
  return people;
}

core::Result<std::vector<std::string>> ceap_participants_in(const fs::path& folder) {
  constexpr std::array<std::string_view, 3> endings{"_head.csv", "_fixations.csv", "_annotation.csv"};
  std::set<std::string> names;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const auto name = entry.path().filename().string();
    for (const auto end : endings) {
      if (!name.starts_with('.') && name.ends_with(end))
        names.insert(name.substr(0, name.size() - end.size()));
    }
  }
  if (names.empty())
    return core::bad_input(folder.string() +
                           ": holds nobody: no PNN_head.csv, PNN_fixations.csv, PNN_annotation.csv");
  for (const auto& name : names) {
    for (const auto end : endings) {
      const auto file = folder / (name + std::string(end));
      if (!fs::exists(file, ignored)) return core::bad_input(file.string() + ": no such file");
    }
  }
  return std::vector<std::string>(names.begin(), names.end());
}

core::Result<fs::path> folder_of_set(const fs::path& given, const std::string& folder_name) {
  std::error_code ignored;
  if (!fs::is_directory(given, ignored)) return core::bad_input(given.string() + ": no such folder");
  return fs::is_directory(given / folder_name, ignored) ? given / folder_name : given;
}

}  // namespace attune::cli
