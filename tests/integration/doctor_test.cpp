#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <ostream>

#include "integration/attune.hpp"

// `attune doctor` on machines where something is wrong: one finding names the cause and what to do, whatever
// drivers and runtimes do, and in time.
namespace attune {
namespace {

using Environment = std::map<std::string, std::string>;

/// Slower than any test machine, faster than somebody gives up: the longest limit within the program, and
/// what is around it.
constexpr double patience_s = 25.0;

const std::string replay_manifest = ATTUNE_BUILD_DIR "/attune_xr_replay.json";

/// A machine that knows no OpenXR runtime but the one that is named.
Environment machine(const std::filesystem::path& home, Environment more = {}) {
  Environment environment{{"XDG_CONFIG_HOME", (home / "config").string()},
                          {"XDG_CONFIG_DIRS", (home / "xdg").string()},
                          {"XR_RUNTIME_JSON", ""}};
  for (const auto& [name, value] : more) environment[name] = value;
  return environment;
}

struct Examination {
  test::Outcome outcome;
  nlohmann::json findings;
  double took_s = 0;

  [[nodiscard]] std::vector<nlohmann::json> wrong() const {
    std::vector<nlohmann::json> all;
    for (const auto& finding : findings) {
      if (!finding.at("ok").get<bool>()) all.push_back(finding);
    }
    return all;
  }
  /// What was found under a heading; empty without it.
  [[nodiscard]] std::string found(const std::string& what) const {
    for (const auto& finding : findings) {
      if (finding.at("what") == what) return finding.at("found");
    }
    return "";
  }
};

Examination examine(const Environment& environment) {
  const auto begun = std::chrono::steady_clock::now();
  Examination examination{test::attune({"doctor", "--json"}, environment), {}, 0};
  examination.took_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  const auto json = nlohmann::json::parse(examination.outcome.out, nullptr, false);
  EXPECT_TRUE(json.is_object()) << examination.outcome.out;
  if (!json.is_object()) return examination;
  examination.findings = json.at("findings");
  EXPECT_EQ(json.at("ok").get<bool>(), examination.wrong().empty());
  EXPECT_EQ(examination.outcome.status, examination.wrong().empty() ? 0 : 1);
  EXPECT_EQ(examination.outcome.err, "") << "loader or driver were heard";
  EXPECT_LT(examination.took_s, patience_s);
  return examination;
}

/// One finding is wrong: that one, for that reason, and it says what to do.
void expect_one_cause(const Examination& examination, const std::string& what, const std::string& cause) {
  const auto wrong = examination.wrong();
  ASSERT_EQ(wrong.size(), 1U) << examination.outcome.out;
  EXPECT_EQ(wrong[0].at("what"), what);
  EXPECT_NE(wrong[0].at("found").get<std::string>().find(cause), std::string::npos) << wrong[0];
  EXPECT_GT(wrong[0].at("advice").get<std::string>().size(), 10U) << wrong[0];
}

TEST(Doctor, FindsAWholeMachineWell) {
  const test::ScratchFolder home;
  const auto examination = examine(machine(home.path(), {{"XR_RUNTIME_JSON", replay_manifest}}));
  EXPECT_EQ(examination.outcome.status, 0) << examination.outcome.out;
  for (const char* what :
       {"processor", "graphics", "API layers", "OpenXR runtime", "headset", "eye tracking", "worn or not",
        "graphics used", "display rate", "floor", "model", "programme", "sensors", "key", "disk"})
    EXPECT_NE(examination.found(what), "") << what;
  EXPECT_NE(examination.found("OpenXR runtime").find(replay_manifest), std::string::npos);
  EXPECT_NE(examination.found("headset").find("1024 x 1024"), std::string::npos)
      << examination.found("headset");
  EXPECT_NE(examination.found("display rate").find("90 Hz"), std::string::npos)
      << examination.found("display rate");
}

TEST(Doctor, SaysALineEachInWords) {
  const test::ScratchFolder home;
  const auto outcome = test::attune({"doctor"}, machine(home.path(), {{"XR_RUNTIME_JSON", replay_manifest}}));
  EXPECT_EQ(outcome.status, 0) << outcome.out;
  EXPECT_EQ(outcome.err, "");
  std::istringstream lines(outcome.out);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_TRUE(line.starts_with("ok ") || line.starts_with("     ")) << line;
    EXPECT_LT(line.size(), 220U) << line;
  }
}

TEST(Doctor, TellsTheDisplaysRate) {
  const test::ScratchFolder home;
  const auto examination =
      examine(machine(home.path(), {{"XR_RUNTIME_JSON", replay_manifest}, {"ATTUNE_XR_RATE", "72"}}));
  EXPECT_NE(examination.found("display rate").find("72 Hz"), std::string::npos)
      << examination.found("display rate");
}

TEST(Doctor, MissesARuntime) {
  const test::ScratchFolder home;
  expect_one_cause(examine(machine(home.path())), "OpenXR runtime", "none is active");
}

TEST(Doctor, FindsTheRuntimeWhereTheLoaderDoes) {
  const test::ScratchFolder home;
  for (const char* folder : {"xdg", "config"}) {  // the second goes before the first
    const auto place = home.path() / folder / "openxr" / "1";
    std::filesystem::create_directories(place);
    std::filesystem::create_symlink(replay_manifest, place / "active_runtime.json");
    const auto examination = examine(machine(home.path()));
    EXPECT_EQ(examination.outcome.status, 0) << examination.outcome.out;
    EXPECT_NE(examination.found("OpenXR runtime").find(place.string()), std::string::npos)
        << examination.found("OpenXR runtime");
  }
}

TEST(Doctor, ShowsTheWayToARuntimeUnderANameThatThisLoaderDoesNotRead) {
  const test::ScratchFolder home;
  const auto place = home.path() / "config" / "openxr" / "1";
  std::filesystem::create_directories(place);
  std::filesystem::create_symlink(replay_manifest, place / "active_runtime.x86_64.json");
  const auto examination = examine(machine(home.path()));
  expect_one_cause(examination, "OpenXR runtime", "active_runtime.x86_64.json");
  EXPECT_NE(examination.wrong()[0].at("advice").get<std::string>().find("ln -s"), std::string::npos);
}

struct BrokenManifest {
  const char* name;
  const char* text;
  const char* cause;
};
std::ostream& operator<<(std::ostream& out, const BrokenManifest& row) { return out << row.name; }

constexpr BrokenManifest broken_manifests[] = {
    {"Empty", "", "is empty"},
    {"NoJson", "runtime = monado", "is not JSON"},
    {"CutOff", R"({"file_format_version": "1.0.0", "runtime": {"library_)", "is not JSON"},
    {"AList", "[1, 2]", "is not JSON"},
    {"NoVersion", R"({"runtime": {"library_path": "./x.so"}})", "file_format_version"},
    {"NoRuntime", R"({"file_format_version": "1.0.0"})", "names no library"},
    {"NoLibrary", R"({"file_format_version": "1.0.0", "runtime": {"name": "x"}})", "names no library"},
    {"LibraryIsANumber", R"({"file_format_version": "1.0.0", "runtime": {"library_path": 7}})",
     "names no library"},
    {"LibraryIsMissing",
     R"({"file_format_version": "1.0.0", "runtime": {"library_path": "/nowhere/libxr.so"}})",
     "does not exist"},
    {"RelativeLibraryIsMissing",
     R"({"file_format_version": "1.0.0", "runtime": {"library_path": "./libxr.so"}})", "does not exist"},
    {"NamedLibraryIsMissing",
     R"({"file_format_version": "1.0.0", "runtime": {"library_path": "libnowhere_xr.so"}})",
     "cannot be opened"},
    {"LibraryIsText", R"({"file_format_version": "1.0.0", "runtime": {"library_path": "/etc/passwd"}})",
     "cannot be opened"},
    {"LibraryIsNoRuntime", R"({"file_format_version": "1.0.0", "runtime": {"library_path": "libm.so.6"}})",
     "is not an OpenXR runtime"},
};

class DoctorOnManifest : public ::testing::TestWithParam<BrokenManifest> {};

TEST_P(DoctorOnManifest, NamesTheFileAndItsFault) {
  const test::ScratchFolder home;
  const auto path = home / "manifest.json";
  std::ofstream(path) << GetParam().text;
  const auto examination = examine(machine(home.path(), {{"XR_RUNTIME_JSON", path.string()}}));
  expect_one_cause(examination, "OpenXR runtime", GetParam().cause);
}

INSTANTIATE_TEST_SUITE_P(Broken, DoctorOnManifest, ::testing::ValuesIn(broken_manifests),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Doctor, NamesAManifestThatIsNotThere) {
  const test::ScratchFolder home;
  const auto path = (home / "gone.json").string();
  const auto examination = examine(machine(home.path(), {{"XR_RUNTIME_JSON", path}}));
  expect_one_cause(examination, "OpenXR runtime", path);
}

TEST(Doctor, DoesNotWaitForAManifestThatNobodyWrites) {
  const test::ScratchFolder home;
  const auto path = home / "manifest.json";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  expect_one_cause(examine(machine(home.path(), {{"XR_RUNTIME_JSON", path.string()}})), "OpenXR runtime",
                   "gave no answer within");
}

TEST(Doctor, GivesStrictJsonForNamesThatAreNoText) {
  const test::ScratchFolder home;
  const auto examination = examine(machine(home.path(), {{"XR_RUNTIME_JSON", "/nowhere/\xff\xfe\n.json"}}));
  expect_one_cause(examination, "OpenXR runtime", "does not exist");
}

struct BadRuntime {
  const char* way;
  const char* cause;
};
std::ostream& operator<<(std::ostream& out, const BadRuntime& row) { return out << row.way; }

class DoctorOnRuntime : public ::testing::TestWithParam<BadRuntime> {};

TEST_P(DoctorOnRuntime, OutlivesIt) {
  const test::ScratchFolder home;
  const auto examination =
      examine(machine(home.path(), {{"XR_RUNTIME_JSON", ATTUNE_BUILD_DIR "/bad_runtime/bad_runtime.json"},
                                    {"ATTUNE_BAD_RUNTIME", GetParam().way}}));
  expect_one_cause(examination, "OpenXR runtime", GetParam().cause);
  EXPECT_NE(examination.found("disk"), "") << "it stopped looking";
}

INSTANTIATE_TEST_SUITE_P(Bad, DoctorOnRuntime,
                         ::testing::Values(BadRuntime{"crash", "crashed (Segmentation fault)"},
                                           BadRuntime{"hang", "gave no answer within"},
                                           BadRuntime{"exit", "ended the program"},
                                           BadRuntime{"noise", "XR_ERROR"}, BadRuntime{"refuse", "XR_ERROR"}),
                         [](const auto& row) { return std::string(row.param.way); });

TEST(Doctor, SaysWhenTheHeadsetIsNotConnected) {
  const test::ScratchFolder home;
  const auto examination = examine(machine(home.path(), {{"XR_RUNTIME_JSON", replay_manifest},
                                                         {"XR_API_LAYER_PATH", ATTUNE_BUILD_DIR "/layers"},
                                                         {"XR_ENABLE_API_LAYERS", "XR_APILAYER_ATTUNE_fault"},
                                                         {"ATTUNE_FAULT", "no_headset@0"}}));
  expect_one_cause(examination, "headset", "XR_ERROR_FORM_FACTOR_UNAVAILABLE");
  EXPECT_NE(examination.wrong()[0].at("advice").get<std::string>().find("connect"), std::string::npos);
  EXPECT_NE(examination.found("OpenXR runtime"), "") << "the runtime itself is well";
  EXPECT_NE(examination.found("API layers").find("XR_APILAYER_ATTUNE_fault"), std::string::npos);
}

TEST(Doctor, NamesAnApiLayerThatIsAskedForAndNotThere) {
  const test::ScratchFolder home;
  const auto examination = examine(machine(
      home.path(), {{"XR_RUNTIME_JSON", replay_manifest}, {"XR_ENABLE_API_LAYERS", "XR_APILAYER_nowhere"}}));
  expect_one_cause(examination, "API layers", "XR_APILAYER_nowhere");
}

TEST(Doctor, MissesAGraphicsCard) {
  const test::ScratchFolder home;
  const auto examination = examine(machine(home.path(), {{"XR_RUNTIME_JSON", replay_manifest},
                                                         {"VK_DRIVER_FILES", "/nowhere/driver.json"},
                                                         {"VK_ICD_FILENAMES", "/nowhere/driver.json"}}));
  expect_one_cause(examination, "graphics", "no graphics card");
  EXPECT_NE(examination.found("headset"), "") << "the headset itself is well";
}

TEST(Doctor, ListsTwoGraphicsCardsAndWhichOneTheRuntimeNames) {
  const std::string drivers =
      "/usr/share/vulkan/icd.d/lvp_icd.x86_64.json:" ATTUNE_BUILD_DIR "/second_gpu/second_gpu.json";
  for (const std::string card : {"Second graphics card", "llvmpipe"}) {
    const test::ScratchFolder home;
    const auto examination = examine(machine(home.path(), {{"XR_RUNTIME_JSON", replay_manifest},
                                                           {"VK_DRIVER_FILES", drivers},
                                                           {"VK_ICD_FILENAMES", drivers},
                                                           {"ATTUNE_XR_VULKAN_DEVICE", card}}));
    EXPECT_EQ(examination.outcome.status, 0) << examination.outcome.out;
    std::size_t cards = 0;
    for (const auto& finding : examination.findings) cards += finding.at("what") == "graphics" ? 1U : 0U;
    EXPECT_EQ(cards, 2U);
    EXPECT_NE(examination.found("graphics used").find(card), std::string::npos)
        << examination.found("graphics used");
  }
}

TEST(Doctor, NamesAMissingModel) {
  const test::ScratchFolder home;
  const auto place = home / "program";
  std::filesystem::create_directories(place);
  // The program finds what belongs to it beside itself: here it has no models.
  std::filesystem::copy_file(ATTUNE_BUILD_DIR "/attune", place / "attune");
  const auto outcome = test::run({(place / "attune").string(), "doctor", "--json"}, machine(home.path()),
                                 static_cast<int>(patience_s));
  const auto json = nlohmann::json::parse(outcome.out, nullptr, false);
  ASSERT_TRUE(json.is_object()) << outcome.out;
  bool named = false;
  for (const auto& finding : json.at("findings"))
    named = named || (finding.at("what") == "model" && !finding.at("ok").get<bool>());
  EXPECT_TRUE(named) << outcome.out;
  EXPECT_EQ(outcome.err, "");
}

}  // namespace
}  // namespace attune
