#include <algorithm>

#include "cli/state_examples.hpp"

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

core::Result<fs::path> folder_of_set(const fs::path& given, const std::string& folder_name) {
  std::error_code ignored;
  if (!fs::is_directory(given, ignored)) return core::bad_input(given.string() + ": no such folder");
  return fs::is_directory(given / folder_name, ignored) ? given / folder_name : given;
}

}  // namespace attune::cli
