#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <map>

#include "attune/core/files.hpp"
#include "attune/record/recording.hpp"
#include "record/chunk.hpp"
#include "record/payload.hpp"
#include "record/samples.hpp"

namespace attune::record::test {
namespace {

std::string content_of(const std::filesystem::path& path) { return *core::read_text(path); }

void put(const std::filesystem::path& path, const std::string& content) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
}

/// The chunks of a whole file, by where they begin.
std::vector<std::size_t> chunk_offsets(const std::string& content) {
  const std::string magic(chunk_magic.begin(), chunk_magic.end());
  std::vector<std::size_t> offsets;
  for (auto at = content.find(magic); at != std::string::npos; at = content.find(magic, at + 1))
    offsets.push_back(at);
  return offsets;
}

/// Numbers of the frames that can still be read, in order.
std::vector<std::uint64_t> frame_numbers(const Recording& recording) {
  std::vector<std::uint64_t> numbers;
  const auto read = recording.for_each_moment([&](const Moment& moment) {
    numbers.push_back(moment.frame.index);
    return true;
  });
  EXPECT_TRUE(read);
  return numbers;
}

std::vector<std::uint64_t> all_but(std::uint64_t count, std::uint64_t lost_from, std::uint64_t lost_to) {
  std::vector<std::uint64_t> numbers;
  for (std::uint64_t i = 0; i < count; ++i) {
    if (i < lost_from || i >= lost_to) numbers.push_back(i);
  }
  return numbers;
}

/// A recording of 45 frames at 10 Hz: header, meta, chunks of frames 0–9, 10–19, 20–29, 30–39, 40–44, closing
/// chunk.
class DamagedRecording : public testing::Test {
 protected:
  static constexpr std::uint64_t frames = 45, per_chunk = 10;

  void SetUp() override {
    write_recording(path_, key_, frames, 10.0);
    whole_ = content_of(path_);
    chunks_ = chunk_offsets(whole_);
    ASSERT_EQ(chunks_.size(), 7U);
    ASSERT_EQ(chunks_.front(), file_header_bytes);
  }
  core::Result<Recording> open(const std::string& content) {
    put(path_, content);
    return Recording::open(path_, {key_});
  }
  /// The frames that a change of this byte may cost.
  std::vector<std::uint64_t> frames_without_byte(std::size_t byte) const {
    for (std::size_t chunk = 1; chunk <= 5; ++chunk) {
      if (byte >= chunks_[chunk] && byte < chunks_[chunk + 1]) {
        return all_but(frames, (chunk - 1) * per_chunk, chunk * per_chunk);
      }
    }
    return all_but(frames, 0, 0);
  }

  ScratchFolder folder_;
  std::filesystem::path path_ = folder_ / "a.attune";
  Key key_ = Key::generate();
  std::string whole_;
  std::vector<std::size_t> chunks_;
};

TEST_F(DamagedRecording, AByteChangedAnywhereIsFoundAndAllElseIsRead) {
  // Every byte of what frames the data, every 41st of the sealed payloads between.
  for (std::size_t byte = 0; byte < whole_.size(); ++byte) {
    const auto after = std::ranges::upper_bound(chunks_, byte);
    const auto into = after == chunks_.begin() ? byte : byte - *std::prev(after);
    const bool near_end = after != chunks_.end() ? *after - byte <= 20 : whole_.size() - byte <= 20;
    if (into >= chunk_header_bytes + 4 && !near_end && byte % 41 != 0) continue;
    SCOPED_TRACE("byte " + std::to_string(byte));
    auto changed = whole_;
    changed[byte] = static_cast<char>(changed[byte] ^ (1 << (byte % 8)));
    const auto recording = open(changed);
    ASSERT_TRUE(recording) << recording.error().message;
    EXPECT_FALSE(recording->damage().empty() && recording->open_tail_bytes() == 0) << "not found";
    EXPECT_EQ(frame_numbers(*recording), frames_without_byte(byte));
    EXPECT_EQ(recording->meta(), full_meta());
    EXPECT_EQ(recording->closed(), byte < chunks_.back());
  }
}

TEST_F(DamagedRecording, TheDamageIsNamedByChunkPlaceAndTime) {
  auto changed = whole_;
  changed[chunks_[3] + 200] ^= 0x10;
  const auto recording = open(changed);
  ASSERT_TRUE(recording);
  ASSERT_EQ(recording->damage().size(), 1U);
  const auto& damage = recording->damage().front();
  EXPECT_EQ(damage.chunk, 3);
  EXPECT_EQ(damage.offset, chunks_[3]);
  EXPECT_EQ(damage.length, chunks_[4] - chunks_[3]);
  EXPECT_EQ(damage.from, core::at_seconds(2.0));
  EXPECT_EQ(damage.to, core::at_seconds(2.9));
  EXPECT_EQ(damage.what, "chunk 3 cannot be read");
  ASSERT_EQ(recording->gaps().size(), 1U);
  EXPECT_EQ(recording->gaps().front().frames_missing, 10U);
}

TEST_F(DamagedRecording, AFileCutAnywhereIsReadUpToTheCut) {
  for (std::size_t length = 0; length < whole_.size(); length += length < 400 ? 1 : 97) {
    SCOPED_TRACE("cut to " + std::to_string(length));
    const auto recording = open(whole_.substr(0, length));
    if (length < chunks_[1]) {
      ASSERT_FALSE(recording);
      EXPECT_NE(recording.error().message.find(path_.string()), std::string::npos);
      continue;
    }
    ASSERT_TRUE(recording) << recording.error().message;
    EXPECT_FALSE(recording->closed());
    EXPECT_TRUE(recording->damage().empty()) << recording->damage().front().what;
    const auto whole_chunks = static_cast<std::uint64_t>(
        std::ranges::count_if(chunks_, [length](std::size_t offset) { return offset <= length; }) - 1);
    const auto expected = std::min(frames, (whole_chunks - 1) * per_chunk);
    EXPECT_EQ(frame_numbers(*recording).size(), expected);
    EXPECT_EQ(recording->open_tail_bytes(), length - chunks_[whole_chunks]);
  }
}

TEST_F(DamagedRecording, BytesTakenOutCostTheirChunkAlone) {
  for (const std::size_t chunk : {1U, 2U, 4U}) {
    for (const std::size_t skip : {3U, 50U, 300U}) {
      auto shorter = whole_;
      shorter.erase(chunks_[chunk] + skip, 17);
      const auto recording = open(shorter);
      ASSERT_TRUE(recording);
      EXPECT_EQ(frame_numbers(*recording), all_but(frames, (chunk - 1) * per_chunk, chunk * per_chunk));
      ASSERT_EQ(recording->damage().size(), 1U);
      EXPECT_TRUE(recording->closed());
    }
  }
}

TEST_F(DamagedRecording, AWholeChunkTakenOutIsMissed) {
  auto shorter = whole_;
  shorter.erase(chunks_[2], chunks_[4] - chunks_[2]);
  const auto recording = open(shorter);
  ASSERT_TRUE(recording);
  ASSERT_EQ(recording->damage().size(), 1U);
  EXPECT_EQ(recording->damage().front().what, "chunks 2 to 3 missing");
  EXPECT_EQ(recording->damage().front().chunk, 2);
  EXPECT_EQ(frame_numbers(*recording), all_but(frames, 10, 30));
}

TEST_F(DamagedRecording, ForeignBytesBetweenChunksAreNamedAndNothingIsLost) {
  auto longer = whole_;
  longer.insert(chunks_[3], "something else");
  const auto recording = open(longer);
  ASSERT_TRUE(recording);
  ASSERT_EQ(recording->damage().size(), 1U);
  EXPECT_EQ(recording->damage().front().what, "bytes that belong to no chunk");
  EXPECT_EQ(frame_numbers(*recording), all_but(frames, 0, 0));
}

TEST_F(DamagedRecording, AChunkThatComesAgainIsLeftOut) {
  auto longer = whole_;
  longer.insert(chunks_[3], whole_.substr(chunks_[1], chunks_[2] - chunks_[1]));
  const auto recording = open(longer);
  ASSERT_TRUE(recording);
  ASSERT_FALSE(recording->damage().empty());
  EXPECT_EQ(recording->damage().front().chunk, 1);
  EXPECT_EQ(frame_numbers(*recording), all_but(frames, 0, 0));
}

TEST_F(DamagedRecording, AChunkOfAnotherSessionWithTheSameKeyBreaksTheChain) {
  write_recording(folder_ / "b.attune", key_, frames, 10.0);
  const auto other = content_of(folder_ / "b.attune");
  const auto others = chunk_offsets(other);
  const auto mixed = whole_.substr(0, chunks_[2]) + other.substr(others[2], others[3] - others[2]) +
                     whole_.substr(chunks_[3]);
  const auto recording = open(mixed);
  ASSERT_TRUE(recording);
  ASSERT_EQ(recording->damage().size(), 2U) << "the foreign chunk, and ours after it";
  EXPECT_EQ(recording->damage()[0].chunk, 2);
  EXPECT_EQ(recording->damage()[1].chunk, 3);
}

TEST_F(DamagedRecording, BytesAfterTheEndAreNamed) {
  const auto recording = open(whole_ + "more");
  ASSERT_TRUE(recording);
  EXPECT_FALSE(recording->closed());
  ASSERT_EQ(recording->damage().size(), 1U);
  EXPECT_EQ(recording->damage().front().offset, whole_.size());
}

TEST_F(DamagedRecording, WhatItIsOfIsKnownWithoutFirstAndLastChunk) {
  auto changed = whole_.substr(0, chunks_.back());
  changed[chunks_[0] + 100] ^= 1;
  const auto recording = open(changed);
  ASSERT_TRUE(recording);
  EXPECT_EQ(recording->meta(), full_meta());
}

TEST_F(DamagedRecording, AnotherKeyIsOneClearLine) {
  const auto recording = Recording::open(path_, {Key::generate()});
  ASSERT_FALSE(recording);
  EXPECT_EQ(recording.error().message, path_.string() + ": is sealed with key " + to_text(key_.id()) +
                                           ", which is not here; set ATTUNE_KEY to its key file");
}

TEST_F(DamagedRecording, ANewerFormatIsSaidToBeNewer) {
  FileHeader header;
  header.version = 2;
  header.key_id = key_.id();
  const auto bytes = encode_file_header(header);
  const auto recording = open(std::string(bytes.begin(), bytes.end()) + whole_.substr(file_header_bytes));
  ASSERT_FALSE(recording);
  EXPECT_NE(recording.error().message.find("newer"), std::string::npos);
}

TEST_F(DamagedRecording, WhatIsNoRecordingIsSaidToBeNone) {
  for (const std::string content : {"", "t_s,yaw_deg\n0,1\n", "\x89PNG\r\n"}) {
    const auto recording = open(content);
    ASSERT_FALSE(recording);
    EXPECT_NE(recording.error().message.find(path_.string()), std::string::npos);
  }
  EXPECT_FALSE(Recording::open(folder_ / "none.attune", {key_}));
  EXPECT_FALSE(Recording::open(folder_ / "", {key_}));
}

TEST_F(DamagedRecording, ManyErrorsAtOnceNeverCrashTheReader) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 300; ++round) {
    auto changed = whole_;
    for (auto left = 1 + random() % 20; left > 0; --left) {
      const auto at = random() % changed.size(), length = random() % 100;
      switch (random() % 4) {
        case 0:
          changed[at] = static_cast<char>(random());
          break;
        case 1:
          changed.erase(at, length);
          break;
        case 2:
          changed.insert(at, whole_.substr(random() % whole_.size(), length));
          break;
        default:
          changed.replace(at, std::min(length, changed.size() - at), length, '\xFF');
          break;
      }
      if (changed.size() < 100) changed = whole_;
    }
    const auto recording = open(changed);
    if (!recording) continue;
    const auto numbers = frame_numbers(*recording);
    EXPECT_TRUE(std::ranges::is_sorted(numbers));
    EXPECT_LE(numbers.size(), frames);
  }
}

TEST_F(DamagedRecording, ALengthThatLiesIsNotBelieved) {
  for (const std::uint32_t length : {0U, 1U, 16U, 0x7FFFFFFFU, 0xFFFFFFFFU}) {
    auto changed = whole_;
    std::memcpy(&changed[chunks_[2] + 8], &length, sizeof length);
    const auto recording = open(changed);
    ASSERT_TRUE(recording);
    EXPECT_EQ(frame_numbers(*recording), all_but(frames, 10, 20));
  }
}

/// Payloads that carry a good seal and hold nonsense: what a bug, or somebody with the key, could write.
TEST(HostilePayload, NonsenseUnderAGoodSealIsRefusedWithoutALargeAllocation) {
  Chance chance(5);
  Payload good;
  good.meta = full_meta();
  good.index = {IndexEntry{64, 0, 0, 0, 0, 0}, IndexEntry{999, 1, 0, 5, 2, 2}};
  for (std::uint64_t i = 0; i < 4; ++i) {
    Moment moment;
    moment.frame = any_frame(chance, i);
    moment.decided = true;
    moment.decision = any_decision(chance, moment.frame);
    good.streams.moments.push_back(moment);
    good.streams.snapshots.push_back(any_snapshot(chance, moment.frame.time));
    good.streams.events.push_back(make_event(moment.frame.time, EventKind::note, "words", {1.0, 2.0}));
  }
  const auto bytes = encode(good);
  ASSERT_TRUE(decode(bytes));

  std::mt19937_64 random(2);
  std::size_t refused = 0;
  for (int round = 0; round < 20000; ++round) {
    auto changed = bytes;
    for (auto left = 1 + random() % 4; left > 0; --left) {
      const auto at = random() % changed.size();
      // Mostly where lengths and counts are: at the beginning of blocks.
      changed[random() % 2 == 0 ? at : at % 64] = static_cast<std::uint8_t>(random());
    }
    if (random() % 4 == 0) changed.resize(random() % changed.size());
    const auto payload = decode(changed);
    if (!payload) {
      ++refused;
      continue;
    }
    EXPECT_LE(payload->streams.moments.size(), 4U);
    EXPECT_LE(payload->streams.events.size(), bytes.size() / 15);
  }
  EXPECT_GT(refused, 5000U);
}

TEST(HostilePayload, ACountBeyondTheBytesIsRefused) {
  for (std::uint8_t tag = 2; tag <= 5; ++tag) {
    ByteWriter block;
    block.put(tag);
    block.put(std::uint32_t{8});
    block.put(std::uint32_t{0xFFFFFFFF});
    block.put(std::uint32_t{0});
    EXPECT_FALSE(decode(block.bytes())) << "tag " << int{tag};
  }
}

TEST(HostilePayload, AStreamOfALaterVersionIsPassedOver) {
  Payload payload;
  payload.streams.events.push_back(make_event({5}, EventKind::note, "kept"));
  ByteWriter bytes;
  bytes.put(std::uint8_t{77});
  bytes.put(std::uint32_t{3});
  bytes.put({reinterpret_cast<const std::uint8_t*>("new"), 3});
  bytes.put(encode(payload));
  const auto read = decode(bytes.bytes());
  ASSERT_TRUE(read);
  ASSERT_EQ(read->streams.events.size(), 1U);
  EXPECT_EQ(read->streams.events.front().words(), "kept");
}

TEST(Sealing, SealedChunksAreNeverTwiceTheSameAndTellNothing) {
  const auto key = Key::generate();
  const Sealer sealer(key);
  const std::string secret = "the patient's words, the patient's words, the patient's words";
  const std::span plain(reinterpret_cast<const std::uint8_t*>(secret.data()), secret.size());
  const auto one = sealer.seal(3, Hash{}, plain), two = sealer.seal(3, Hash{}, plain);
  ASSERT_TRUE(one && two);
  EXPECT_NE(*one, *two);
  const std::string_view text(reinterpret_cast<const char*>(one->data()), one->size());
  EXPECT_EQ(text.find("patient"), std::string_view::npos);
  const auto opened = sealer.open(*one);
  ASSERT_TRUE(opened);
  EXPECT_TRUE(std::ranges::equal(*opened, plain));
  EXPECT_FALSE(Sealer(Key::generate()).open(*one));
}

TEST(Sealing, NumberAndHashBeforeCannotBeSwapped) {
  const Sealer sealer(Key::generate());
  const Bytes plain(100, 7);
  auto chunk = *sealer.seal(3, Hash{}, plain);
  const auto other = *sealer.seal(4, hash_of(plain), plain);
  std::copy_n(other.begin(), 48, chunk.begin());
  EXPECT_FALSE(sealer.open(chunk)) << "header of another chunk of the same length";
  std::copy_n(other.begin(), chunk_header_bytes, chunk.begin());
  EXPECT_TRUE(sealer.read_head(chunk)) << "this header is a good one";
  EXPECT_FALSE(sealer.open(chunk)) << "but its payload is another's";
}

}  // namespace
}  // namespace attune::record::test
