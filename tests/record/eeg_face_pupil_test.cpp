#include <gtest/gtest.h>

#include <algorithm>

#include "attune/record/recording.hpp"
#include "record/payload.hpp"

// EEG, face and pupil have a block of their own in a chunk, which files of earlier builds lack.
namespace attune::record {
namespace {

Payload three_moments() {
  Payload payload;
  payload.streams.moments.resize(3);
  for (auto& moment : payload.streams.moments) moment.frame.vitals.heart_rate_bpm = {72.0F, 0.5F, true};
  return payload;
}

struct Block {
  std::uint8_t tag = 0;
  std::size_t at = 0, length = 0;  // of the body
};

/// The blocks as docs/recording.md lays them down: tag, length, body.
std::vector<Block> blocks_of(const Bytes& bytes) {
  std::vector<Block> blocks;
  for (std::size_t at = 0; at + 5 <= bytes.size();) {
    std::size_t length = 0;
    for (int i = 4; i >= 1; --i) length = length << 8 | bytes[at + static_cast<std::size_t>(i)];
    blocks.push_back({bytes[at], at + 5, length});
    at += 5 + length;
  }
  return blocks;
}

bool nothing_valid(const telemetry::Vitals& vitals) {
  const auto valid = [](const telemetry::Reading& reading) { return reading.valid; };
  return std::ranges::none_of(vitals.eeg_share, valid) && !vitals.eeg_alpha_asymmetry.valid &&
         std::ranges::none_of(vitals.expressions, valid) && !vitals.pupil_mm.valid;
}

TEST(EegFaceAndPupil, TakeNoRoomInAChunkThatHasNone) {
  const auto bytes = encode(three_moments());
  const auto blocks = blocks_of(bytes);
  ASSERT_EQ(blocks.size(), 1u);
  EXPECT_EQ(blocks[0].tag, 2);
  const auto back = decode(bytes);
  ASSERT_TRUE(back);
  for (const auto& moment : back->streams.moments) EXPECT_TRUE(nothing_valid(moment.frame.vitals));
}

TEST(EegFaceAndPupil, FollowTheirMomentsWithARowForEach) {
  auto payload = three_moments();
  payload.streams.moments[1].frame.vitals.pupil_mm = {3.9F, 0.01F, true};
  const auto bytes = encode(payload);
  const auto blocks = blocks_of(bytes);
  ASSERT_EQ(blocks.size(), 2u);
  EXPECT_EQ(blocks[0].tag, 2);
  EXPECT_EQ(blocks[1].tag, 6);
  constexpr std::size_t readings = 5 + 1 + 12 + 1, bytes_each = 4 + 4 + 1;
  EXPECT_EQ(blocks[1].length, 4 + 3 * readings * bytes_each);
  const auto back = decode(bytes);
  ASSERT_TRUE(back);
  EXPECT_TRUE(nothing_valid(back->streams.moments[0].frame.vitals));
  EXPECT_EQ(back->streams.moments[1].frame.vitals.pupil_mm.value, 3.9F);
  EXPECT_TRUE(nothing_valid(back->streams.moments[2].frame.vitals)) << "it was gone again";
}

TEST(EegFaceAndPupil, AreRefusedWhereTheyDoNotFitTheirMoments) {
  auto payload = three_moments();
  payload.streams.moments[1].frame.vitals.pupil_mm = {3.9F, 0.01F, true};
  const auto good = encode(payload);
  const auto block = blocks_of(good).at(1);
  for (const int count : {0, 2, 4}) {
    auto bad = good;
    bad[block.at] = static_cast<std::uint8_t>(count);
    EXPECT_FALSE(decode(bad)) << count;
  }
  const Bytes alone(good.begin() + static_cast<std::ptrdiff_t>(block.at) - 5, good.end());
  EXPECT_FALSE(decode(alone)) << "of no moments";
}

TEST(EegFaceAndPupil, OfAReaderThatDoesNotKnowThemCostNothingElse) {
  auto payload = three_moments();
  payload.streams.moments[1].frame.vitals.pupil_mm = {3.9F, 0.01F, true};
  auto bytes = encode(payload);
  bytes[blocks_of(bytes).at(1).at - 5] = 200;  // as an older build sees it: a tag of no block it has
  const auto back = decode(bytes);
  ASSERT_TRUE(back);
  ASSERT_EQ(back->streams.moments.size(), 3u);
  EXPECT_EQ(back->streams.moments[1].frame.vitals.heart_rate_bpm.value, 72.0F);
  EXPECT_TRUE(nothing_valid(back->streams.moments[1].frame.vitals));
}

TEST(ShownLight, HasABlockOfItsOwnAfterItsMoments) {
  auto payload = three_moments();
  payload.streams.moments[1].frame.shown_light = {0.18F, 0.033F, true};
  const auto bytes = encode(payload);
  const auto blocks = blocks_of(bytes);
  ASSERT_EQ(blocks.size(), 2u);
  EXPECT_EQ(blocks[1].tag, 7);
  EXPECT_EQ(blocks[1].length, 4u + 3u * 9u);
  const auto back = decode(bytes);
  ASSERT_TRUE(back);
  EXPECT_FALSE(back->streams.moments[0].frame.shown_light.valid);
  EXPECT_EQ(back->streams.moments[1].frame.shown_light.value, 0.18F);
  EXPECT_EQ(back->streams.moments[1].frame.shown_light.age_s, 0.033F);
  EXPECT_EQ(encode(*back), bytes) << "what was read is written again to the bit";
  auto bad = bytes;
  bad[blocks[1].at] = 2;
  EXPECT_FALSE(decode(bad)) << "of other moments";
}

TEST(EegFaceAndPupil, AreNotValidInARecordingThatHasNone) {
  const auto recording = Recording::open(ATTUNE_SOURCE_DIR "/assets/recordings/virtual-patient.attune");
  ASSERT_TRUE(recording) << recording.error().message;
  std::size_t moments = 0, bad = 0;
  ASSERT_TRUE(recording->for_each_moment([&](const Moment& moment) {
    ++moments;
    bad += nothing_valid(moment.frame.vitals) ? 0 : 1;
    return true;
  }));
  EXPECT_GT(moments, 1000u);
  EXPECT_EQ(bad, 0u);
}

}  // namespace
}  // namespace attune::record
