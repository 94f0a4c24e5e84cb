#include <gtest/gtest.h>

#include <glm/geometric.hpp>

#include "attune/datasets/frame_of_reference.hpp"
#include "attune/datasets/readers.hpp"
#include "datasets/saccade.hpp"
#include "support.hpp"

namespace attune::datasets {
namespace {

using test::ScratchFolder;

test::Files participant() {
  return {{"P01_head.csv",
           "video,t_s,head_pitch_deg,head_yaw_deg\nV1,0.2,0.0,170.0\nV1,0.4,10.0,-170.0\nV1,1.0,10.0,-170.0\n"
           "V2,0.2,0.0,0.0\n"},
          {"P01_fixations.csv",
           "video,start_s,end_s,pitch_deg,yaw_deg\nV1,0.2,0.4,0.0,0.0\nV1,0.6,0.8,0.0,20.0\nV2,0.0,0.2,0.0,0."
           "0\n"}};
}

Visit read_first() {
  ScratchFolder temporary;
  test::write_files(temporary / "ceap", participant());
  auto visit = read_ceap_visit(temporary / "ceap", "P01", "V1");
  EXPECT_TRUE(visit.ok()) << visit.error().message;
  return std::move(*visit);
}

const telemetry::Frame& frame_at(const Visit& visit, double time_s) {
  return visit.frames.at(static_cast<std::size_t>(std::lround(time_s * 90.0)));
}

double yaw_deg(const glm::vec3& direction) { return glm::degrees(std::atan2(direction.x, -direction.z)); }

TEST(CeapVisit, IsResampledTo90Hz) {
  const auto visit = read_first();
  EXPECT_EQ(visit.rate_hz, 90.0);
  EXPECT_EQ(visit.licence, "CC-BY-NC-4.0");
  ASSERT_EQ(visit.frames.size(), 91U);
  EXPECT_NEAR(visit.frames[45].time.seconds(), 0.5, 1e-9);
}

TEST(CeapVisit, TheHeadTurnsTheShorterWayAndHasNoPlace) {
  const auto visit = read_first();
  const auto& frame = frame_at(visit, 0.3);
  EXPECT_TRUE(frame.head.orientation_valid);
  EXPECT_FALSE(frame.head.position_valid);
  const auto looks = frame.head.orientation * glm::vec3(0, 0, -1);
  EXPECT_LT(glm::distance(looks, direction_from_pitch_yaw(5, 180)), 1e-4F);
}

TEST(CeapVisit, GazeRestsMovesAndIsFlaggedWhereItIsMadeUp) {
  const auto visit = read_first();
  EXPECT_EQ(frame_at(visit, 0.1).gaze.source, telemetry::GazeSource::head);
  EXPECT_EQ(frame_at(visit, 0.3).gaze.source, telemetry::GazeSource::eye);
  EXPECT_FALSE(frame_at(visit, 0.3).gaze.interpolated);
  EXPECT_TRUE(frame_at(visit, 0.5).gaze.interpolated);
  EXPECT_NEAR(yaw_deg(frame_at(visit, 0.5).gaze.direction), 0.0, 1e-4)
      << "the saccade of 20 degrees takes 65 ms";
  const double under_way = yaw_deg(frame_at(visit, 0.5667).gaze.direction);
  EXPECT_GT(under_way, 1.0);
  EXPECT_LT(under_way, 19.0);
  EXPECT_NEAR(yaw_deg(frame_at(visit, 0.7).gaze.direction), 20.0, 1e-3);
  EXPECT_FALSE(frame_at(visit, 0.7).gaze.interpolated);
  EXPECT_EQ(frame_at(visit, 0.9).gaze.source, telemetry::GazeSource::head);
}

TEST(CeapVisit, UnknownParticipantsAndVideosListThoseThere) {
  ScratchFolder temporary;
  test::write_files(temporary / "ceap", participant());
  const auto nobody = read_ceap_visit(temporary / "ceap", "P77", "V1");
  ASSERT_FALSE(nobody.ok());
  EXPECT_NE(nobody.error().message.find("P01"), std::string::npos) << nobody.error().message;
  const auto nothing = read_ceap_visit(temporary / "ceap", "P01", "V9");
  ASSERT_FALSE(nothing.ok());
  EXPECT_NE(nothing.error().message.find("V1, V2"), std::string::npos) << nothing.error().message;
}

TEST(CeapVisit, AValueThatIsNoNumberIsNamed) {
  auto files = participant();
  auto& text = files.at("P01_fixations.csv");
  text.replace(text.find("20.0"), 4, "east");
  ScratchFolder temporary;
  test::write_files(temporary / "ceap", files);
  const auto visit = read_ceap_visit(temporary / "ceap", "P01", "V1");
  ASSERT_FALSE(visit.ok());
  EXPECT_NE(visit.error().message.find("P01_fixations.csv:3: column 'yaw_deg' is 'east'"), std::string::npos)
      << visit.error().message;
}

TEST(CeapVisit, ATimeBeyondAnHourIsNamed) {
  auto files = participant();
  auto& text = files.at("P01_head.csv");
  text.replace(text.find("V1,1.0"), 6, "V1,1e9");
  ScratchFolder temporary;
  test::write_files(temporary / "ceap", files);
  const auto visit = read_ceap_visit(temporary / "ceap", "P01", "V1");
  ASSERT_FALSE(visit.ok());
  EXPECT_NE(visit.error().message.find("P01_head.csv:4: column 't_s' is '1e9'"), std::string::npos)
      << visit.error().message;
}

TEST(Saccade, FollowsTheMainSequence) {
  EXPECT_NEAR(saccade_duration_s(10.0), 0.043, 1e-12);
  // Peak velocity of a 10° saccade by this profile: 1.875 · 10° / 43 ms, within the published 300–450°/s.
  double peak = 0.0;
  for (double t = 0.001; t < 1.0; t += 0.001) {
    peak = std::max(
        peak, (saccade_progress(t + 1e-6) - saccade_progress(t)) / 1e-6 * 10.0 / saccade_duration_s(10.0));
  }
  EXPECT_GT(peak, 300.0);
  EXPECT_LT(peak, 450.0);
  EXPECT_EQ(saccade_progress(0.0), 0.0);
  EXPECT_EQ(saccade_progress(1.0), 1.0);
}

}  // namespace
}  // namespace attune::datasets
