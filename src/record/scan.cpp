#include "record/scan.hpp"

#include <algorithm>

namespace attune::record {

namespace {

constexpr std::size_t window_bytes = std::size_t{1} << 20;
// Longer without a frame, by the session's own clock, than any headset's period or a single lost frame.
constexpr double gap_s = 0.25;
// A foreign file may come slower than that: three of its own periods.
constexpr double gap_periods = 3.0;

std::string range_of_chunks(std::int64_t first, std::int64_t last) {
  if (first == last) return "chunk " + std::to_string(first);
  return "chunks " + std::to_string(first) + " to " + std::to_string(last);
}

}  // namespace

core::Result<Scan> Scan::start(const std::filesystem::path& path, const std::vector<Key>& keys) {
  auto file = File::open(path);
  if (!file) return file.error();
  const auto bytes = file->read(0, file_header_bytes);
  if (!bytes) return bytes.error().within(path.string());
  if (bytes->empty()) return core::bad_input(path.string() + ": is empty");

  const auto header = decode_file_header(*bytes);
  if (header && header->version > format_version) {
    return core::bad_input(path.string() + ": was written by a newer Attune (format " +
                           std::to_string(header->version) + "); this one reads format " +
                           std::to_string(format_version));
  }
  for (const auto& key : keys) {
    if (header && key.id() != header->key_id) continue;
    Scan scan(std::move(*file), path, Sealer(key), key.id());
    if (header) {
      scan.last_hash_ = hash_of(*bytes);
    } else {
      scan.note_damage(-1, 0, file_header_bytes, "the file's header is damaged");
      scan.settled_damage_ = 1;
      if (const auto size = scan.file_.size(); size) scan.size_ = *size;
      if (const auto first = scan.next_magic(0); first && *first) scan.end_ = std::min(scan.end_, **first);
    }
    if (auto read = scan.go_on(); !read) return read.error();
    if (!scan.chunks_.empty()) return scan;
    if (header)
      return core::bad_input(path.string() + ": is cut or damaged before anything that can be read");
    file = std::move(scan.file_);
  }
  if (header) {
    return core::bad_input(path.string() + ": is sealed with key " + to_text(header->key_id) +
                           ", which is not here; set ATTUNE_KEY to its key file");
  }
  return core::bad_input(path.string() + ": is not an Attune recording");
}

core::Result<Payload> Scan::read(const WholeChunk& chunk) const {
  const auto bytes = file_.read(chunk.entry.offset, chunk.length);
  if (!bytes) return bytes.error().within(path_.string());
  const auto plain = sealer_.open(*bytes);
  auto payload = plain ? decode(*plain) : std::nullopt;
  if (!payload) {
    return core::failed(path_.string() + ": chunk " + std::to_string(chunk.entry.number) +
                        " changed while it was read");
  }
  return std::move(*payload);
}

core::Result<Scan::Look> Scan::look_at(std::uint64_t offset) const {
  Look look;
  const auto header = file_.read(offset, chunk_header_bytes);
  if (!header) return header.error().within(path_.string());
  if (header->size() < chunk_header_bytes) {
    const auto there = std::min(header->size(), chunk_magic.size());
    const bool begins = std::equal(header->begin(), header->begin() + static_cast<std::ptrdiff_t>(there),
                                   chunk_magic.begin());
    look.found = begins ? Found::unfinished : Found::no_chunk;
    return look;
  }
  const auto head = sealer_.read_head(*header);
  if (!head) return look;
  look.head = *head;
  const auto length = chunk_header_bytes + head->sealed_bytes;
  if (length > size_ - std::min(size_, offset)) {
    look.found = Found::unfinished;
    return look;
  }
  auto bytes = file_.read(offset, length);
  if (!bytes) return bytes.error().within(path_.string());
  const auto plain = sealer_.open(*bytes);
  auto payload = plain ? decode(*plain) : std::nullopt;
  if (!payload) return look;
  look.found = Found::whole;
  look.bytes = std::move(*bytes);
  look.payload = std::move(*payload);
  return look;
}

core::Result<std::optional<std::uint64_t>> Scan::next_magic(std::uint64_t from) const {
  for (auto at = from; at < size_; at += window_bytes) {
    const auto window = file_.read(at, window_bytes + chunk_magic.size() - 1);
    if (!window) return window.error().within(path_.string());
    const auto found = std::search(window->begin(), window->end(), chunk_magic.begin(), chunk_magic.end());
    if (found != window->end())
      return std::optional(at + static_cast<std::uint64_t>(found - window->begin()));
  }
  return std::optional<std::uint64_t>();
}

core::Result<void> Scan::go_on() {
  const auto size = file_.size();
  if (!size) return size.error().within(path_.string());
  size_ = *size;
  damage_.resize(std::min(settled_damage_, damage_.size()));
  tail_bytes_ = 0;

  auto at = end_;
  while (at < size_) {
    auto look = look_at(at);
    if (!look) return look.error();
    if (look->found == Found::whole) {
      if (at > end_) {
        const auto last = std::int64_t{look->head.number} - 1;
        note_damage(next_number_, end_, at - end_,
                    last < next_number_ ? "bytes that belong to no chunk"
                                        : range_of_chunks(next_number_, last) + " cannot be read");
        next_number_ = std::max(next_number_, last + 1);
        last_hash_.reset();
      }
      const auto length = look->bytes.size();
      accept(at, std::move(*look));
      at += length;
      end_ = at;
      settled_damage_ = damage_.size();
      continue;
    }
    const auto next = next_magic(at + 1);
    if (!next) return next.error();
    if (*next) {
      at = **next;
      continue;
    }
    // Nothing more begins after this: what is open when a session is killed, or a damaged end.
    if (look->found == Found::unfinished) {
      tail_bytes_ = size_ - at;
    } else {
      at = size_;
    }
    if (at > end_) {
      note_damage(next_number_, end_, at - end_,
                  closing_ ? "bytes after the end of the session"
                           : "what follows the last whole chunk cannot be read");
    }
    break;
  }
  return {};
}

void Scan::accept(std::uint64_t offset, Look look) {
  if (std::int64_t{look.head.number} < next_number_) {
    note_damage(look.head.number, offset, look.bytes.size(),
                range_of_chunks(look.head.number, look.head.number) +
                    " comes again, or out of its place; it is left out");
    last_hash_.reset();
    return;
  }
  check_chain(offset, look.head);
  if (!meta_ && look.payload.meta) meta_ = std::move(look.payload.meta);
  note_frames(look.payload.streams.moments);
  const auto entry = index_entry(offset, look.head.number, look.payload.streams);
  if (look.payload.index) {
    closing_ = std::move(look.payload.index);
    check_against_index(*closing_);
  }
  chunks_.push_back({entry, look.bytes.size()});
  next_number_ = std::int64_t{look.head.number} + 1;
  last_hash_ = hash_of(look.bytes);
}

void Scan::check_chain(std::uint64_t offset, const ChunkHead& head) {
  if (std::int64_t{head.number} > next_number_) {
    note_damage(next_number_, offset, 0,
                range_of_chunks(next_number_, std::int64_t{head.number} - 1) + " missing");
  } else if (last_hash_ && *last_hash_ != head.before) {
    note_damage(head.number, offset, 0,
                range_of_chunks(head.number, head.number) + " was not written after what stands before it");
  }
}

void Scan::note_frames(const std::vector<Moment>& moments) {
  const double rate_hz = meta_ ? static_cast<double>(meta_->display_rate_hz) : 0.0;
  const double longest_s = rate_hz > 0.0 ? std::max(gap_s, gap_periods / rate_hz) : gap_s;
  for (const auto& moment : moments) {
    const auto index = moment.frame.index;
    const auto time = moment.frame.time;
    if (last_frame_) {
      const auto [last_index, last_time] = *last_frame_;
      const bool skipped = index > last_index + 1;
      if (skipped || core::seconds_between(last_time, time) > longest_s) {
        gaps_.push_back({last_time, time, skipped ? index - last_index - 1 : 0});
      }
    }
    last_frame_ = {index, time};
  }
  if (moments.empty()) return;
  for (; damage_without_end_ < damage_.size(); ++damage_without_end_) {
    damage_[damage_without_end_].to = moments.front().frame.time;
  }
}

void Scan::check_against_index(const std::vector<IndexEntry>& index) {
  // The closing chunk knows what was lost to the frame.
  for (auto& damage : damage_) {
    for (const auto& entry : index) {
      const bool from_here = damage.chunk >= 0 && std::int64_t{entry.number} == damage.chunk;
      if (from_here && entry.moments > 0) damage.from = {entry.first_ns};
      const bool lost = entry.offset >= damage.offset && entry.offset < damage.offset + damage.length;
      if (lost && entry.moments > 0) damage.to = {entry.last_ns};
    }
  }
  damage_without_end_ = damage_.size();
}

void Scan::note_damage(std::int64_t chunk, std::uint64_t offset, std::uint64_t length, std::string what) {
  const auto from = last_frame_ ? last_frame_->second : core::SessionTime{};
  damage_.push_back({chunk, offset, length, from, from, std::move(what)});
}

}  // namespace attune::record
