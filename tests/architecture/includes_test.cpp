#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

// The design's table of modules, enforced: a module includes only its own headers and those above it.
namespace attune {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> order{"core",   "telemetry", "datasets", "signal",  "sensors", "attention",
                                     "state",  "treatment", "learn",    "sim",     "scene",   "render",
                                     "audio",  "xr",        "record",   "session", "store",   "console",
                                     "report", "xr_replay", "cli"};

/// Modules that a module's files include, by the first file that does.
std::map<std::string, std::string> included_by(const std::string& module, const fs::path& root) {
  static const std::regex line("^\\s*#include \"(?:attune/)?([a-z_]+)/");
  std::map<std::string, std::string> found;
  for (const auto& folder : {root / "src" / module, root / "include" / "attune" / module}) {
    if (!fs::exists(folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      std::ifstream file(entry.path());
      for (std::string text; std::getline(file, text);) {
        std::smatch match;
        if (std::regex_search(text, match, line)) found.emplace(match[1], entry.path().string());
      }
    }
  }
  return found;
}

TEST(Architecture, AModuleUsesOnlyThoseAboveIt) {
  std::size_t seen = 0;
  for (std::size_t at = 0; at < order.size(); ++at) {
    for (const auto& [used, file] : included_by(order[at], ATTUNE_SOURCE_DIR)) {
      const auto position = std::find(order.begin(), order.end(), used);
      if (position == order.end()) continue;
      ++seen;
      EXPECT_LE(static_cast<std::size_t>(position - order.begin()), at) << file << " includes " << used;
    }
  }
  EXPECT_GT(seen, 50u) << "the includes were not found: this test would see nothing";
}

TEST(Architecture, LearnUsesNeitherSimNorSession) {
  const auto used = included_by("learn", ATTUNE_SOURCE_DIR);
  EXPECT_TRUE(used.contains("state"));
  EXPECT_FALSE(used.contains("sim"));
  EXPECT_FALSE(used.contains("session"));
}

TEST(Architecture, TorchAndEigenStayOutOfPublicHeaders) {
  std::size_t headers = 0;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(ATTUNE_SOURCE_DIR) / "include")) {
    if (!entry.is_regular_file()) continue;
    ++headers;
    std::ifstream file(entry.path());
    for (std::string text; std::getline(file, text);) {
      EXPECT_EQ(text.find("#include <torch"), std::string::npos) << entry.path();
      EXPECT_EQ(text.find("#include <Eigen"), std::string::npos) << entry.path();
      EXPECT_EQ(text.find("#include <boost"), std::string::npos) << entry.path();
    }
  }
  EXPECT_GT(headers, 30u);
}

}  // namespace
}  // namespace attune
