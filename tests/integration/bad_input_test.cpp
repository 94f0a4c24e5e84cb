#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "integration/attune.hpp"

// What bad input gets: one clear line that names the file, the row or the option, the right status, nothing
// half-written.
namespace attune {
namespace {

using test::attune;
using test::session_on;

void expect_refused(const test::Outcome& outcome, int status, const std::string& named) {
  EXPECT_EQ(outcome.status, status) << outcome.err;
  EXPECT_NE(outcome.err.find(named), std::string::npos) << outcome.err;
  EXPECT_GE(outcome.error_lines(), 1u);
  EXPECT_LE(outcome.error_lines(), 4u) << outcome.err;
}

TEST(BadInput, AMissingRecordingIsNamed) {
  const test::ScratchFolder scratch;
  expect_refused(attune(session_on("/nowhere/x.attune", scratch / "s.attune")), 2, "/nowhere/x.attune");
  EXPECT_FALSE(std::filesystem::exists(scratch / "s.attune"));
}

TEST(BadInput, AFileThatIsNoRecordingIsNamed) {
  const test::ScratchFolder scratch;
  std::ofstream(scratch / "x.attune") << "this is a letter to my aunt, and no recording";
  expect_refused(attune(session_on((scratch / "x.attune").string(), scratch / "s.attune")), 2, "x.attune");
  expect_refused(attune({"replay", (scratch / "x.attune").string(), "--check"}), 2, "x.attune");
  expect_refused(attune({"report", (scratch / "x.attune").string(), "-o", (scratch / "r.html").string()}), 2,
                 "x.attune");
  EXPECT_FALSE(std::filesystem::exists(scratch / "r.html"));
}

TEST(BadInput, AVisitWithWrongColumnsIsNamedAndLeavesNoRecording) {
  const test::ScratchFolder scratch;
  const auto visit = scratch.path() / "P1" / "P1_3_3";
  std::filesystem::create_directories(visit);
  for (const char* name : {"Head.csv", "LeftHand.csv", "RightHand.csv", "EyeGaze.csv", "ButtonLog.csv"}) {
    std::ofstream(visit / name) << "timeStampNs,height,weight\n1,2,3\n";
  }
  expect_refused(attune({"import", "cafe", (scratch / "P1").string(), "--visit", "3_3", "-o",
                         (scratch / "v.attune").string()}),
                 2, ".csv");
  expect_refused(
      attune({"import", "cafe", "/nowhere/P1", "--visit", "3_3", "-o", (scratch / "v.attune").string()}), 2,
      "/nowhere/P1");
  EXPECT_FALSE(std::filesystem::exists(scratch / "v.attune"));
}

TEST(BadInput, WhatIsNotFiniteIsNoNumber) {
  const test::ScratchFolder scratch;
  for (const std::string value : {"nan", "-nan", "inf", "1e999"}) {
    expect_refused(
        attune({"train", "state", "--data", "sim", "-o", (scratch / "m.pt").string(), "--drop", value}), 2,
        "--drop: '" + value + "' is not a number");
    expect_refused(attune({"session", "--program", "heights", "--duration", value}), 2,
                   "'" + value + "' is not a number");
  }
}

TEST(BadInput, AnUnknownProgrammeIsNamedWithThoseThatExist) {
  auto command = session_on("patient:shipped:1", "/tmp/never.attune");
  command[2] = "depths";
  const auto outcome = attune(command);
  expect_refused(outcome, 2, "depths");
  EXPECT_NE(outcome.err.find("heights"), std::string::npos) << outcome.err;
}

TEST(BadInput, AMistakeInAProgrammeIsNamedWithItsLine) {
  const test::ScratchFolder scratch;
  auto text = test::whole_file(ATTUNE_SOURCE_DIR "/assets/programs/heights.toml");
  std::ofstream(scratch / "mine.toml") << text << "\n[surplus]\nkey = 1\n";
  const auto outcome = attune({"programs", (scratch / "mine.toml").string()});
  expect_refused(outcome, 2, "mine.toml:");
}

TEST(BadInput, AnUnknownPatientIsNamed) {
  const test::ScratchFolder scratch;
  expect_refused(attune(session_on("patient:nobody:1", scratch / "s.attune")), 2, "nobody");
  expect_refused(attune(session_on("patient:shipped:many", scratch / "s.attune")), 2, "many");
}

TEST(BadInput, AnExistingRecordingIsNotOverwritten) {
  const test::ScratchFolder scratch;
  std::ofstream(scratch / "s.attune") << "precious";
  expect_refused(attune(session_on("patient:shipped:1", scratch / "s.attune")), 2, "s.attune");
  EXPECT_EQ(test::whole_file(scratch / "s.attune"), "precious");
}

TEST(BadInput, UnknownOptionsAndCommandsAreNamed) {
  expect_refused(attune({"session", "--program", "heights", "--speed", "9"}), 2, "--speed");
  expect_refused(attune({"dance"}), 2, "dance");
  expect_refused(attune({}), 2, "attune --help");
}

TEST(BadInput, WithoutARuntimeOneLineSaysWhatToDo) {
  auto environment = test::tiny_views;
  environment.emplace("XR_RUNTIME_JSON", "/nowhere/runtime.json");
  const auto outcome = attune({"session", "--program", "heights", "--duration", "5"}, environment);
  expect_refused(outcome, 1, "runtime");
}

TEST(BadInput, WithoutAGraphicsDeviceOneLineSaysWhatToDo) {
  const test::ScratchFolder scratch;
  auto environment = test::tiny_views;
  environment.emplace("VK_ICD_FILENAMES", "/nowhere/icd.json");
  environment.emplace("VK_DRIVER_FILES", "/nowhere/icd.json");
  expect_refused(attune(session_on("patient:shipped:1", scratch / "s.attune", "5"), environment), 1,
                 "Vulkan");
}

TEST(BadInput, ATruncatedRecordingIsPlayedUpToTheCutAndThatIsSaid) {
  const test::ScratchFolder scratch;
  const auto whole = test::whole_file(test::shipped_recording());
  std::ofstream(scratch / "cut.attune", std::ios::binary) << whole.substr(0, whole.size() * 2 / 3);
  std::filesystem::copy(ATTUNE_SOURCE_DIR "/assets/recordings/demo.key", scratch / "demo.key");
  const auto check = attune({"replay", (scratch / "cut.attune").string(), "--json"});
  EXPECT_EQ(nlohmann::json::parse(check.out).at("closed"), false);
  const auto outcome =
      attune(session_on((scratch / "cut.attune").string(), scratch / "s.attune", "3000", "600"));
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("cut"), std::string::npos) << outcome.err;
  EXPECT_TRUE(std::filesystem::exists(scratch / "s.attune"));
}

TEST(BadInput, EveryCommandHasHelpWithAnExample) {
  for (const char* command :
       {"session", "replay", "import", "report", "train", "programs", "doctor", "bench"}) {
    const auto outcome = attune({command, "--help"});
    EXPECT_EQ(outcome.status, 0) << command;
    if (std::string(command) != "import" && std::string(command) != "train") {
      EXPECT_NE(outcome.out.find("Example:"), std::string::npos) << command;
    }
  }
}

}  // namespace
}  // namespace attune
