#include <gtest/gtest.h>

#include <glm/geometric.hpp>

#include "attune/datasets/readers.hpp"
#include "support.hpp"

namespace attune::datasets {
namespace {

using test::Files;
using test::ScratchFolder;

const std::string folder = "VRData/AB12C/AB12C_3_3";

/// Reads a café visit whose file `name` was changed from `from` to `to`, or removed when `to` is nothing.
core::Result<Visit> read_changed(const std::string& name, const std::string& from, const std::string& to) {
  auto files = test::cafe_visit(folder);
  auto& text = files.at(folder + "/" + name);
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos);
  text.replace(at, from.size(), to);
  ScratchFolder temporary;
  test::write_files(temporary / "data", files);
  return read_cafe_visit(temporary / "data", "3_3");
}

void expect_error(const core::Result<Visit>& visit, const std::vector<std::string>& parts) {
  ASSERT_FALSE(visit.ok());
  EXPECT_EQ(visit.error().kind, core::Error::Kind::bad_input);
  EXPECT_EQ(visit.error().message.find('\n'), std::string::npos);
  for (const auto& part : parts)
    EXPECT_NE(visit.error().message.find(part), std::string::npos) << visit.error().message;
}

void expect_direction(const glm::vec3& is, const glm::vec3& should) {
  EXPECT_LT(glm::distance(is, should), 1e-5F);
}

TEST(CafeVisit, BecomesFramesInOurFrameOfReference) {
  ScratchFolder temporary;
  test::write_files(temporary / "data", test::cafe_visit(folder));
  const auto visit = read_cafe_visit(temporary / "data", "3_3");
  ASSERT_TRUE(visit.ok()) << visit.error().message;
  EXPECT_EQ(visit->set, "vr-cafe");
  EXPECT_EQ(visit->id, "AB12C");
  EXPECT_EQ(visit->visit, "3_3");
  EXPECT_EQ(visit->licence, "Apache-2.0");
  EXPECT_NEAR(visit->rate_hz, 100.0, 1e-6);
  ASSERT_EQ(visit->frames.size(), 3U) << "the two rows at game time 0 are left out";
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(visit->frames[i].index, i);
    EXPECT_EQ(visit->frames[i].time.ns, static_cast<std::int64_t>(i) * 10'000'000);
    EXPECT_TRUE(visit->frames[i].head.valid());
  }
  EXPECT_EQ(visit->frames[0].head.position_m, glm::vec3(1.0F, 1.7F, -2.0F));
  expect_direction(visit->frames[0].head.orientation * glm::vec3(0, 0, -1), {0, 0, -1});
  expect_direction(visit->frames[1].head.orientation * glm::vec3(0, 0, -1), {1, 0, 0});
  EXPECT_EQ(visit->frames[0].hands[telemetry::left].grip.position_m.y, 1.1F);
  EXPECT_EQ(visit->frames[0].hands[telemetry::right].grip.position_m.y, 1.2F);
}

TEST(CafeVisit, GazePointsFromTheHeadToTheHitAndTheObjectIsAnAreaOfInterest) {
  ScratchFolder temporary;
  test::write_files(temporary / "data", test::cafe_visit(folder));
  const auto visit = read_cafe_visit(temporary / "data", "3_3");
  ASSERT_TRUE(visit.ok()) << visit.error().message;
  const auto& first = visit->frames[0];
  EXPECT_EQ(first.gaze.source, telemetry::GazeSource::eye);
  expect_direction(first.gaze.direction, {0, 0, -1});
  expect_direction(visit->frames[1].gaze.direction, {1, 0, 0});
  ASSERT_EQ(first.aois.size(), 1U);
  EXPECT_EQ(first.aois[0].centre_m, glm::vec3(1.0F, 1.7F, -5.0F));
  EXPECT_EQ(first.aois[0].role, telemetry::AoiRole::calm);
  ASSERT_EQ(visit->aois.size(), 2U) << "objects seen only before the start are left out";
  EXPECT_EQ(visit->aois[0].name, "PlantPot");
  EXPECT_EQ(visit->aois[0].id, first.aois[0].id);
  EXPECT_EQ(visit->aois[1].role, telemetry::AoiRole::social);
}

TEST(CafeVisit, PressesAndGrabsArriveWithTheHands) {
  ScratchFolder temporary;
  test::write_files(temporary / "data", test::cafe_visit(folder));
  const auto visit = read_cafe_visit(temporary / "data", "3_3");
  ASSERT_TRUE(visit.ok()) << visit.error().message;
  EXPECT_EQ(visit->frames[0].hands[telemetry::right].buttons, 0);
  EXPECT_EQ(visit->frames[1].hands[telemetry::right].buttons, telemetry::button_select);
  EXPECT_EQ(visit->frames[0].hands[telemetry::left].squeeze, 1.0F);
  EXPECT_EQ(visit->frames[0].hands[telemetry::right].squeeze, 0.0F);
}

TEST(CafeVisit, BothHandsMayGrabAtOneInstant) {
  const auto visit =
      read_changed("HandGrabLog.csv", "510000000,", "510000000,0.0100,right,Vase_2\r\n510000000,");
  ASSERT_TRUE(visit.ok()) << visit.error().message;
  EXPECT_EQ(visit->frames[0].hands[telemetry::left].squeeze, 1.0F);
  EXPECT_EQ(visit->frames[0].hands[telemetry::right].squeeze, 1.0F);
}

TEST(CafeVisit, ReadsTheSameFromEveryLevelAndPacked) {
  ScratchFolder temporary;
  test::write_files(temporary / "data", test::cafe_visit(folder));
  test::pack(temporary / "AB12C.tar.xz", test::cafe_visit(folder));
  for (const auto& source : {temporary / "data", temporary / "data/VRData", temporary / "data/VRData/AB12C",
                             temporary / "data" / folder, temporary / "AB12C.tar.xz"}) {
    const auto visit = read_cafe_visit(source, "3_3");
    ASSERT_TRUE(visit.ok()) << visit.error().message;
    EXPECT_EQ(visit->id, "AB12C") << source;
    EXPECT_EQ(visit->frames.size(), 3U) << source;
  }
}

TEST(CafeVisit, ASecondHeaderBeginsTheLogAnew) {
  auto files = test::cafe_visit(folder);
  auto& head = files.at(folder + "/Head.csv");
  head = head + "timeStampNs,gameTime,posX,posY,posZ,rotX,rotY,rotZ,\r\n5,0.5,1.0,1.5,2.0,0.0,0.0,0.0,\r\n";
  ScratchFolder temporary;
  test::write_files(temporary / "data", files);
  const auto anew = read_cafe_visit(temporary / "data", "3_3");
  ASSERT_TRUE(anew.ok()) << anew.error().message;
  EXPECT_EQ(anew->frames.size(), 1U);
  EXPECT_NE(anew->notes.at(0).find("Head.csv:7: the log begins anew"), std::string::npos) << anew->notes[0];
}

TEST(CafeVisit, ARowOutOfOrderIsLeftOutAndSaid) {
  const auto visit = read_changed("Head.csv", "530000000,", "515000000,");
  ASSERT_TRUE(visit.ok()) << visit.error().message;
  EXPECT_EQ(visit->frames.size(), 2U);
  EXPECT_NE(visit->notes.at(0).find("1 rows are left out"), std::string::npos);
}

TEST(CafeVisit, ALastRowThatIsCutShortIsLeftOut) {
  const auto visit =
      read_changed("Head.csv", "530000000,0.0300,1.0,1.7,2.0,0.0,90.5,0.0,\r\n", "530000000,0.03");
  ASSERT_TRUE(visit.ok()) << visit.error().message;
  EXPECT_EQ(visit->frames.size(), 2U);
}

TEST(CafeVisit, AHandThatStandsStillToTheLastDigitIsHeldNotTracked) {
  auto files = test::cafe_visit(folder);
  auto& head = files.at(folder + "/Head.csv");
  auto& left = files.at(folder + "/LeftHand.csv");
  for (int i = 4; i < 60; ++i) {
    const auto time = std::to_string(500 + 10 * i) + "000000," + std::to_string(0.01 * i);
    head += time + ",1.0,1.7,2.0,0.0," + std::to_string(90 + i) + ",0.0,\r\n";
    left += time + ",1.0,1.1,2.0,0.0,0.0,0.0,\r\n";
  }
  ScratchFolder temporary;
  test::write_files(temporary / "data", files);
  const auto visit = read_cafe_visit(temporary / "data", "3_3");
  ASSERT_TRUE(visit.ok()) << visit.error().message;
  const auto& last = visit->frames.back();
  EXPECT_TRUE(last.head.tracked);
  EXPECT_FALSE(last.hands[telemetry::left].grip.tracked);
  EXPECT_FALSE(last.hands[telemetry::right].grip.valid()) << "its log ended half a second before";
}

TEST(CafeVisit, WhatIsWrongIsNamedWithFileRowAndColumn) {
  expect_error(read_changed("Head.csv", "2.0,0.0,90.0", "2.0,left,90.0"),
               {"AB12C_3_3/Head.csv:5", "'rotX'", "'left'"});
  expect_error(read_changed("Head.csv", "2.0,0.0,90.0", "2.0,nan,90.0"),
               {"AB12C_3_3/Head.csv:5", "'rotX'", "'nan'"});
  expect_error(read_changed("Head.csv", "2.0,0.0,90.0", "1e30,0.0,90.0"),
               {"AB12C_3_3/Head.csv:5", "'posZ'", "'1e30'"});
  expect_error(read_changed("Head.csv", "posY", "height"), {"Head.csv:1", "column 4", "'posY'", "'height'"});
  expect_error(read_changed("Head.csv", "2.0,0.0,90.0,0.0", "2.0"), {"Head.csv:5", "fewer than 8 fields"});
  expect_error(read_changed("HandGrabLog.csv", "left", "foot"), {"HandGrabLog.csv:2", "'hand'", "'foot'"});
}

TEST(CafeVisit, AMissingFileIsNamed) {
  auto files = test::cafe_visit(folder);
  files.erase(folder + "/EyeGaze.csv");
  ScratchFolder temporary;
  test::write_files(temporary / "data", files);
  expect_error(read_cafe_visit(temporary / "data", "3_3"), {"AB12C_3_3/EyeGaze.csv", "no such file"});
}

TEST(CafeVisit, AVisitThatNeverStartedIsEmpty) {
  auto files = test::cafe_visit(folder);
  auto& head = files.at(folder + "/Head.csv");
  head = head.substr(0, head.find("510000000"));
  ScratchFolder temporary;
  test::write_files(temporary / "data", files);
  expect_error(read_cafe_visit(temporary / "data", "3_3"), {"Head.csv", "empty"});
}

TEST(CafeVisit, AnUnknownVisitListsThoseThere) {
  ScratchFolder temporary;
  auto files = test::cafe_visit(folder);
  files.merge(test::cafe_visit("VRData/AB12C/AB12C_0_3"));
  test::write_files(temporary / "data", files);
  expect_error(read_cafe_visit(temporary / "data", "5_5"), {"'5_5'", "0_3, 3_3"});
  expect_error(read_cafe_visit(temporary / "data", ""), {"0_0, 0_3, 3_0, 3_3"});
}

TEST(CafeVisit, SourcesThatAreNoPersonsAreRefused) {
  ScratchFolder temporary;
  expect_error(read_cafe_visit(temporary / "nothing", "3_3"), {"nothing", "no such"});
  auto files = test::cafe_visit(folder);
  files.merge(test::cafe_visit("VRData/ZZ99Z/ZZ99Z_3_3"));
  test::write_files(temporary / "two", files);
  expect_error(read_cafe_visit(temporary / "two", "3_3"), {"2 people"});
  test::write_files(temporary / "plain", {{"notes.txt", "hello"}});
  expect_error(read_cafe_visit(temporary / "plain", "3_3"), {"holds no visit"});
  expect_error(read_cafe_visit(temporary / "plain/notes.txt", "3_3"), {"notes.txt", "cannot be unpacked"});
}

TEST(CafeVisit, ADamagedArchiveIsRefused) {
  ScratchFolder temporary;
  test::pack(temporary / "AB12C.tar.xz", test::cafe_visit(folder));
  std::filesystem::resize_file(temporary / "AB12C.tar.xz",
                               std::filesystem::file_size(temporary / "AB12C.tar.xz") / 2);
  expect_error(read_cafe_visit(temporary / "AB12C.tar.xz", "3_3"), {"AB12C.tar.xz", "cannot be unpacked"});
}

TEST(CafePerson, GivesAllVisitsInOnePass) {
  ScratchFolder temporary;
  auto files = test::cafe_visit(folder);
  files.merge(test::cafe_visit("VRData/AB12C/AB12C_0_3"));
  test::pack(temporary / "AB12C.tar.xz", files);
  const auto visits = read_cafe_person(temporary / "AB12C.tar.xz");
  ASSERT_TRUE(visits.ok()) << visits.error().message;
  ASSERT_EQ(visits->size(), 2U);
  EXPECT_EQ(visits->at(0).visit, "0_3");
  EXPECT_EQ(visits->at(1).visit, "3_3");
}

TEST(WaitVisit, ReadsVectorsWithUnquotedCommas) {
  ScratchFolder temporary;
  test::write_files(temporary / "data", test::wait_visit("VRData/CD34E/CD34E_6_MINUTE_WAIT"));
  const auto visit = read_wait_visit(temporary / "data", "6_MINUTE_WAIT");
  ASSERT_TRUE(visit.ok()) << visit.error().message;
  ASSERT_EQ(visit->frames.size(), 2U);
  EXPECT_EQ(visit->id, "CD34E");
  EXPECT_EQ(visit->frames[0].head.position_m, glm::vec3(1.0F, 1.6F, -2.0F));
  expect_direction(visit->frames[1].head.orientation * glm::vec3(0, 0, -1), {0, -0.5F, -0.8660254F});
  expect_direction(visit->frames[0].gaze.direction, {0, 0, 1});
  EXPECT_EQ(visit->aois.at(0).role, telemetry::AoiRole::social);
  EXPECT_EQ(visit->aois.at(1).name, "Ceiling (379)");
}

TEST(WaitVisit, AVectorThatIsNoneIsNamed) {
  auto files = test::wait_visit("VRData/CD34E/CD34E_6_MINUTE_WAIT");
  auto& gaze = files.at("VRData/CD34E/CD34E_6_MINUTE_WAIT/EyeGazeLog_6_MINUTE_WAIT.csv");
  gaze.replace(gaze.find("(1.0, 3.6, 2.0)"), 15, "(1.0, 3.6)");
  ScratchFolder temporary;
  test::write_files(temporary / "data", files);
  expect_error(read_wait_visit(temporary / "data", "6_MINUTE_WAIT"),
               {"EyeGazeLog_6_MINUTE_WAIT.csv:3", "'HitPosition'", "(1.0, 3.6)"});
}

}  // namespace
}  // namespace attune::datasets
