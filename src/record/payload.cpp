#include "record/payload.hpp"

#include <algorithm>

#include "record/describe.hpp"
#include "record/rows.hpp"

namespace attune::record {

namespace {

enum class Tag : std::uint8_t {
  meta = 1,
  moments = 2,
  snapshots = 3,
  events = 4,
  index = 5,
  more_vitals = 6,
  light = 7,
  practice = 8
};

template <typename Body>
void block(ByteWriter& out, Tag tag, Body body) {
  out.put(tag);
  const auto length_at = out.size();
  out.put(std::uint32_t{0});
  body();
  out.patch_u32(length_at, static_cast<std::uint32_t>(out.size() - length_at - 4));
}

RowLayout layout_of(const std::vector<Moment>& moments) {
  RowLayout layout;
  const auto widen = [](std::uint8_t& slots, std::size_t count) {
    slots = std::max(slots, static_cast<std::uint8_t>(count));
  };
  for (const auto& moment : moments) {
    widen(layout.reports, moment.frame.reports.size());
    widen(layout.commands, moment.frame.commands.size());
    widen(layout.aois, moment.frame.aois.size());
    layout.decisions |= moment.decided;
  }
  return layout;
}

std::size_t width_of(const RowLayout& layout) {
  RowWidth width;
  const Moment moment;
  describe_moment(width, moment, layout);
  return width.width();
}

std::size_t snapshot_width() {
  RowWidth width;
  const Snapshot snapshot;
  describe_snapshot(width, snapshot);
  return width.width();
}

void encode_moments(ByteWriter& out, const std::vector<Moment>& moments) {
  const auto layout = layout_of(moments);
  out.put(static_cast<std::uint32_t>(moments.size()));
  out.put(layout.reports), out.put(layout.commands), out.put(layout.aois), out.put(layout.decisions);
  RowEncoder rows(moments.size(), width_of(layout));
  for (const auto& moment : moments) {
    describe_moment(rows, moment, layout);
    rows.end_row();
  }
  out.put(rows.columns());
}

bool decode_moments(ByteReader in, std::vector<Moment>& moments) {
  const std::size_t count = in.get<std::uint32_t>();
  RowLayout layout;
  layout.reports = in.get<std::uint8_t>();
  layout.commands = in.get<std::uint8_t>();
  layout.aois = in.get<std::uint8_t>();
  layout.decisions = in.get<bool>();
  const telemetry::Frame limits;
  if (layout.reports > limits.reports.capacity() || layout.commands > limits.commands.capacity() ||
      layout.aois > limits.aois.capacity()) {
    return false;
  }
  const auto width = width_of(layout);
  if (!in.ok() || in.left() != count * width) return false;
  RowDecoder rows(in.take(in.left()), count, width);
  moments.resize(count);
  for (auto& moment : moments) {
    describe_moment(rows, moment, layout);
    rows.end_row();
  }
  return rows.ok();
}

/// What came to moments later has blocks of its own, with a row for each moment of the block before.
struct MoreVitals {
  template <class Archive, class M>
  static void describe(Archive& archive, M& moment) {
    describe_more_vitals(archive, moment.frame.vitals);
  }
};
struct Light {
  template <class Archive, class M>
  static void describe(Archive& archive, M& moment) {
    describe_light(archive, moment.frame);
  }
};
struct Practice {
  template <class Archive, class M>
  static void describe(Archive& archive, M& moment) {
    describe_practice(archive, moment);
  }
};

template <class Part>
std::size_t part_width() {
  RowWidth width;
  const Moment moment;
  Part::describe(width, moment);
  return width.width();
}

/// Whether any moment has something of that part: what it stores differs from nothing in any bit.
template <class Part>
bool has_part(const std::vector<Moment>& moments) {
  return std::any_of(moments.begin(), moments.end(), [](const Moment& moment) {
    RowEncoder row(1, part_width<Part>());
    Part::describe(row, moment);
    const auto& bytes = row.columns();
    return std::any_of(bytes.begin(), bytes.end(), [](auto byte) { return byte != 0; });
  });
}

template <class Part>
void encode_part(ByteWriter& out, const std::vector<Moment>& moments) {
  out.put(static_cast<std::uint32_t>(moments.size()));
  RowEncoder rows(moments.size(), part_width<Part>());
  for (const auto& moment : moments) {
    Part::describe(rows, moment);
    rows.end_row();
  }
  out.put(rows.columns());
}

template <class Part>
bool decode_part(ByteReader in, std::vector<Moment>& moments) {
  const std::size_t count = in.get<std::uint32_t>();
  const auto width = part_width<Part>();
  if (!in.ok() || count != moments.size() || in.left() != count * width) return false;
  RowDecoder rows(in.take(in.left()), count, width);
  for (auto& moment : moments) {
    Part::describe(rows, moment);
    rows.end_row();
  }
  return rows.ok();
}

template <class Part>
void part_block(ByteWriter& out, Tag tag, const std::vector<Moment>& moments) {
  if (has_part<Part>(moments)) block(out, tag, [&] { encode_part<Part>(out, moments); });
}

void encode_snapshots(ByteWriter& out, const std::vector<Snapshot>& snapshots) {
  out.put(static_cast<std::uint32_t>(snapshots.size()));
  RowEncoder rows(snapshots.size(), snapshot_width());
  for (const auto& snapshot : snapshots) {
    describe_snapshot(rows, snapshot);
    rows.end_row();
  }
  out.put(rows.columns());
}

bool decode_snapshots(ByteReader in, std::vector<Snapshot>& snapshots) {
  const std::size_t count = in.get<std::uint32_t>();
  const auto width = snapshot_width();
  if (!in.ok() || in.left() != count * width) return false;
  RowDecoder rows(in.take(in.left()), count, width);
  snapshots.resize(count);
  for (auto& snapshot : snapshots) {
    describe_snapshot(rows, snapshot);
    rows.end_row();
  }
  return rows.ok();
}

void encode_events(ByteWriter& out, const std::vector<Event>& events) {
  out.put(static_cast<std::uint32_t>(events.size()));
  for (const auto& event : events) {
    out.put(event.time.ns);
    out.put(event.kind);
    out.put(static_cast<std::uint8_t>(event.values.size()));
    for (const auto value : event.values) out.put(value);
    out.put_text(event.words());
  }
}

bool decode_events(ByteReader in, std::vector<Event>& events) {
  constexpr std::size_t smallest_event = 8 + 2 + 1 + 4;
  const std::size_t count = in.get<std::uint32_t>();
  if (!in.ok() || count > in.left() / smallest_event) return false;
  for (std::size_t i = 0; i < count; ++i) {
    Event event;
    event.time.ns = in.get<std::int64_t>();
    event.kind = in.get<EventKind>();
    const auto values = in.get<std::uint8_t>();
    for (std::size_t v = 0; v < values; ++v) {
      if (!event.values.push_back(in.get<double>())) return false;
    }
    for (const auto letter : in.get_text()) {
      if (!event.text.push_back(letter)) return false;
    }
    if (!in.ok()) return false;
    events.push_back(event);
  }
  return in.left() == 0;
}

void encode_index(ByteWriter& out, const std::vector<IndexEntry>& index) {
  out.put(static_cast<std::uint32_t>(index.size()));
  for (const auto& entry : index) {
    out.put(entry.offset), out.put(entry.number), out.put(entry.first_ns), out.put(entry.last_ns);
    out.put(entry.moments), out.put(entry.decisions);
  }
}

bool decode_index(ByteReader in, std::vector<IndexEntry>& index) {
  constexpr std::size_t entry_size = 8 + 4 + 8 + 8 + 4 + 4;
  const std::size_t count = in.get<std::uint32_t>();
  if (!in.ok() || in.left() != count * entry_size) return false;
  index.resize(count);
  for (auto& entry : index) {
    entry.offset = in.get<std::uint64_t>();
    entry.number = in.get<std::uint32_t>();
    entry.first_ns = in.get<std::int64_t>();
    entry.last_ns = in.get<std::int64_t>();
    entry.moments = in.get<std::uint32_t>();
    entry.decisions = in.get<std::uint32_t>();
  }
  return true;
}

}  // namespace

IndexEntry index_entry(std::uint64_t offset, std::uint32_t number, const Chunk& streams) {
  IndexEntry entry{.offset = offset, .number = number};
  for (const auto& moment : streams.moments) {
    const auto time = moment.frame.time.ns;
    entry.first_ns = entry.moments == 0 ? time : std::min(entry.first_ns, time);
    entry.last_ns = entry.moments == 0 ? time : std::max(entry.last_ns, time);
    ++entry.moments;
    if (moment.decided) ++entry.decisions;
  }
  return entry;
}

Bytes encode(const Payload& payload) {
  ByteWriter out;
  const auto& [moments, snapshots, events] = payload.streams;
  if (payload.meta) block(out, Tag::meta, [&] { encode_meta(out, *payload.meta); });
  if (!moments.empty()) block(out, Tag::moments, [&] { encode_moments(out, payload.streams.moments); });
  part_block<MoreVitals>(out, Tag::more_vitals, moments);
  part_block<Light>(out, Tag::light, moments);
  part_block<Practice>(out, Tag::practice, moments);
  if (!snapshots.empty())
    block(out, Tag::snapshots, [&] { encode_snapshots(out, payload.streams.snapshots); });
  if (!events.empty()) block(out, Tag::events, [&] { encode_events(out, payload.streams.events); });
  if (payload.index) block(out, Tag::index, [&] { encode_index(out, *payload.index); });
  return out.take();
}

std::optional<Payload> decode(std::span<const std::uint8_t> bytes) {
  Payload payload;
  ByteReader in(bytes);
  while (in.ok() && in.left() > 0) {
    const auto tag = in.get<Tag>();
    const auto body = in.take(in.get<std::uint32_t>());
    if (!in.ok()) return std::nullopt;
    bool good = true;
    switch (tag) {
      case Tag::meta:
        payload.meta = decode_meta(body);
        good = payload.meta.has_value();
        break;
      case Tag::moments:
        good = decode_moments(ByteReader(body), payload.streams.moments);
        break;
      case Tag::more_vitals:
        good = decode_part<MoreVitals>(ByteReader(body), payload.streams.moments);
        break;
      case Tag::light:
        good = decode_part<Light>(ByteReader(body), payload.streams.moments);
        break;
      case Tag::practice:
        good = decode_part<Practice>(ByteReader(body), payload.streams.moments);
        break;
      case Tag::snapshots:
        good = decode_snapshots(ByteReader(body), payload.streams.snapshots);
        break;
      case Tag::events:
        good = decode_events(ByteReader(body), payload.streams.events);
        break;
      case Tag::index:
        good = decode_index(ByteReader(body), payload.index.emplace());
        break;
      default:
        break;  // a later version's stream: passed over
    }
    if (!good) return std::nullopt;
  }
  return payload;
}

}  // namespace attune::record
