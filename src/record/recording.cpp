#include "attune/record/recording.hpp"

#include <algorithm>

#include "record/scan.hpp"

namespace attune::record {

struct Recording::State {
  std::filesystem::path path;
  Scan scan;
  Meta meta;

  State(std::filesystem::path where, Scan done)
      : path(std::move(where)), scan(std::move(done)), meta(scan.meta().value_or(Meta{})) {}
};

core::Result<Recording> Recording::open(const std::filesystem::path& path) {
  auto recording = open(path, keys_for_reading(path));
  // A key that was named and is not there is the cause; that no other fits is its consequence.
  if (const auto named = check_named_key(); !recording && !named) return named.error();
  return recording;
}

core::Result<Recording> Recording::open(const std::filesystem::path& path, const std::vector<Key>& keys) {
  auto scan = Scan::start(path, keys);
  if (!scan) return scan.error();
  return Recording(std::make_shared<State>(path, std::move(*scan)));
}

const std::filesystem::path& Recording::path() const { return state_->path; }
const Meta& Recording::meta() const { return state_->meta; }
const KeyId& Recording::key_id() const { return state_->scan.key_id(); }
bool Recording::closed() const { return state_->scan.closed(); }
std::uint64_t Recording::open_tail_bytes() const { return state_->scan.tail_bytes(); }
const std::vector<Damage>& Recording::damage() const { return state_->scan.damage(); }
const std::vector<Gap>& Recording::gaps() const { return state_->scan.gaps(); }

std::uint64_t Recording::moment_count() const {
  std::uint64_t count = 0;
  for (const auto& chunk : state_->scan.chunks()) count += chunk.entry.moments;
  return count;
}

std::uint64_t Recording::decision_count() const {
  std::uint64_t count = 0;
  for (const auto& chunk : state_->scan.chunks()) count += chunk.entry.decisions;
  return count;
}

core::SessionTime Recording::first_time() const {
  for (const auto& chunk : state_->scan.chunks()) {
    if (chunk.entry.moments > 0) return {chunk.entry.first_ns};
  }
  return {};
}

core::SessionTime Recording::last_time() const {
  std::int64_t last = 0;
  for (const auto& chunk : state_->scan.chunks()) {
    if (chunk.entry.moments > 0) last = std::max(last, chunk.entry.last_ns);
  }
  return {last};
}

core::Result<bool> Recording::refresh() {
  const auto before = chunk_count();
  if (auto read = state_->scan.go_on(); !read) return read.error();
  if (state_->scan.meta()) state_->meta = *state_->scan.meta();
  return chunk_count() > before;
}

std::size_t Recording::chunk_count() const { return state_->scan.chunks().size(); }

core::Result<Chunk> Recording::chunk(std::size_t place) const {
  auto payload = state_->scan.read(state_->scan.chunks().at(place));
  if (!payload) return payload.error();
  return std::move(payload->streams);
}

std::size_t Recording::seek(core::SessionTime time) const {
  const auto& chunks = state_->scan.chunks();
  const auto found = std::ranges::find_if(chunks, [time](const WholeChunk& chunk) {
    return chunk.entry.moments > 0 && chunk.entry.last_ns >= time.ns;
  });
  return static_cast<std::size_t>(found - chunks.begin());
}

core::Result<void> Recording::for_each_moment(const std::function<bool(const Moment&)>& visit) const {
  for (std::size_t place = 0; place < chunk_count(); ++place) {
    const auto streams = chunk(place);
    if (!streams) return streams.error();
    for (const auto& moment : streams->moments) {
      if (!visit(moment)) return {};
    }
  }
  return {};
}

namespace {

template <typename T>
core::Result<std::vector<T>> all_of(const Recording& recording, std::vector<T> Chunk::*stream) {
  std::vector<T> all;
  for (std::size_t place = 0; place < recording.chunk_count(); ++place) {
    const auto streams = recording.chunk(place);
    if (!streams) return streams.error();
    const auto& part = (*streams).*stream;
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

}  // namespace

core::Result<std::vector<Moment>> Recording::moments() const { return all_of(*this, &Chunk::moments); }
core::Result<std::vector<Snapshot>> Recording::snapshots() const { return all_of(*this, &Chunk::snapshots); }
core::Result<std::vector<Event>> Recording::events() const { return all_of(*this, &Chunk::events); }

Cursor::Cursor(Recording recording, core::SessionTime from)
    : recording_(std::move(recording)), from_(from), next_chunk_(recording_.seek(from)) {}

const Moment* Cursor::next() {
  for (;;) {
    while (next_moment_ < chunk_.moments.size()) {
      const auto& moment = chunk_.moments[next_moment_++];
      if (moment.frame.time >= from_) return &moment;
    }
    if (next_chunk_ >= recording_.chunk_count()) return nullptr;
    auto streams = recording_.chunk(next_chunk_++);
    chunk_ = streams ? std::move(*streams) : Chunk{};
    next_moment_ = 0;
  }
}

}  // namespace attune::record
