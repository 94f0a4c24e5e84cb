// Checks against the public sets themselves, where they are: $ATTUNE_DATA, else ../shared/data.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <glm/geometric.hpp>

#include "attune/datasets/labels.hpp"
#include "attune/datasets/readers.hpp"

namespace attune::datasets {
namespace {

/// The set's folder; empty, and said on the test's output, when it is not there.
std::filesystem::path set_folder(const std::string& name) {
  const char* asked = std::getenv("ATTUNE_DATA");
  const auto folder =
      std::filesystem::path(asked != nullptr ? asked : ATTUNE_SOURCE_DIR "/../shared/data") / name;
  if (std::filesystem::is_directory(folder)) return folder;
  std::printf("not checked: %s is not there (set ATTUNE_DATA)\n", folder.c_str());
  return {};
}

void expect_sound(const Visit& visit) {
  for (std::size_t i = 1; i < visit.frames.size(); ++i) {
    ASSERT_GT(visit.frames[i].time.ns, visit.frames[i - 1].time.ns);
  }
  for (const auto& frame : visit.frames) {
    ASSERT_NEAR(glm::length(frame.gaze.direction), 1.0F, 1e-4F);
    ASSERT_NEAR(glm::length(frame.head.orientation), 1.0F, 1e-4F);
  }
}

/// Share of frames whose gaze lies within 60° of the head's direction: what a wrong conversion would destroy.
double share_within_view(const Visit& visit) {
  std::size_t within = 0, seen = 0;
  for (const auto& frame : visit.frames) {
    if (frame.gaze.source != telemetry::GazeSource::eye) continue;
    ++seen;
    const auto looks = frame.head.orientation * glm::vec3(0, 0, -1);
    within += glm::dot(looks, frame.gaze.direction) > 0.5F ? 1U : 0U;
  }
  return seen > 0 ? static_cast<double>(within) / static_cast<double>(seen) : 0.0;
}

TEST(PublicCafe, AVisitReadsAsPublished) {
  const auto folder = set_folder("vr-cafe");
  if (folder.empty()) return;
  const auto visit = read_cafe_visit(folder / "sessions" / "0P9C0.tar.xz", "3_3");
  ASSERT_TRUE(visit.ok()) << visit.error().message;
  EXPECT_NEAR(visit->length_s(), 54.5, 0.1);
  EXPECT_NEAR(visit->rate_hz, 72.0, 1.0);
  EXPECT_EQ(visit->frames.size(), 3916U);
  expect_sound(*visit);
  EXPECT_GT(share_within_view(*visit), 0.97);
}

TEST(PublicCafe, TheVisitWithASecondHeaderReads) {
  const auto folder = set_folder("vr-cafe");
  if (folder.empty()) return;
  const auto visit = read_cafe_visit(folder / "sessions" / "NN4EB.tar.xz", "0_0");
  ASSERT_TRUE(visit.ok()) << visit.error().message;
  EXPECT_NEAR(visit->length_s(), 38.3, 0.1);
}

TEST(PublicQueue, AVisitReadsAsPublished) {
  const auto folder = set_folder("vr-wait");
  if (folder.empty()) return;
  const auto visit = read_wait_visit(folder / "sessions" / "1AH4W.tar.xz", "NO_WAIT");
  ASSERT_TRUE(visit.ok()) << visit.error().message;
  EXPECT_NEAR(visit->length_s(), 81.4, 0.1);
  EXPECT_EQ(visit->frames.size(), 5576U);
  expect_sound(*visit);
  EXPECT_GT(share_within_view(*visit), 0.97);
}

TEST(PublicCeap, AVisitReadsAsPublished) {
  const auto folder = set_folder("ceap360vr");
  if (folder.empty()) return;
  const auto visit = read_ceap_visit(folder, "P01", "V3");
  ASSERT_TRUE(visit.ok()) << visit.error().message;
  EXPECT_NEAR(visit->length_s(), 60.0, 0.5);
  expect_sound(*visit);
  EXPECT_GT(share_within_view(*visit), 0.97);
}

TEST(PublicLabels, EverybodyHasScoresInRange) {
  const auto cafe = set_folder("vr-cafe"), wait = set_folder("vr-wait");
  if (cafe.empty() || wait.empty()) return;
  const auto stai = read_stai(cafe);
  ASSERT_TRUE(stai.ok()) << stai.error().message;
  EXPECT_GE(stai->size(), 24U * 5U - 2U);
  for (const auto& [key, total] : *stai) EXPECT_TRUE(total >= 20 && total <= 80) << key.first;
  const auto frustration = read_frustration(wait);
  ASSERT_TRUE(frustration.ok()) << frustration.error().message;
  EXPECT_EQ(frustration->size(), 72U);
  int high = 0;
  for (const auto& [key, rating] : *frustration) high += rating >= 3 ? 1 : 0;
  EXPECT_EQ(high, 29) << "as the set's description says";
}

}  // namespace
}  // namespace attune::datasets
