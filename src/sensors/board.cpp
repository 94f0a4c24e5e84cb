#include "sensors/board.hpp"

#include <algorithm>

namespace attune::sensors {

namespace {

constexpr std::int64_t announce_every_ns =
    2'000'000'000;  // a sensor that flickers does not fill the recording
constexpr std::int64_t clock_every_ns = 60'000'000'000;

/// How long a group may be without values before that is news: closed eyes have no pupil, and a blink takes
/// 0.1 to 0.4 s (Stern, Walrath & Goldstein, Psychophysiology 21, 1984).
constexpr std::int64_t patience_ns(Group group) { return group == Group::pupil ? 1'000'000'000 : 0; }

double age_of(std::int64_t measured_ns, std::int64_t now_ns) {
  return std::max(static_cast<double>(now_ns - measured_ns) * 1e-9, 0.0);
}

}  // namespace

Board::Board() { faults_.fill(Fault::never); }

void Board::take(const Message& message) {
  if (message.kind == Message::Kind::sample) {
    take(message.sample);
    return;
  }
  auto& group = groups_[static_cast<std::size_t>(message.clock_of)];
  group.clock = message.clock;
  group.clock_is_new = true;
}

void Board::take(const Sample& sample) {
  if (sample.rank >= rank_count || sample.part >= part_count || index_of(sample.stream) >= stream_count)
    return;
  auto& cell = cells_[index_of(sample.stream)][sample.rank][sample.part];
  auto& beats = beats_[sample.rank];
  const bool is_beat = sample.stream == Stream::rr_ms;
  const auto newest_ns = is_beat && !beats.empty() ? beats.back().measured_ns : cell.measured_ns;

  Cell next{sample.fault, sample.value, sample.measured_ns};
  const bool heard_before = cell.fault != Fault::never || (is_beat && !beats.empty());
  if (next.fault == Fault::none) next.fault = judge(sample.stream, static_cast<double>(sample.value));
  if (heard_before && next.measured_ns < newest_ns) {
    next.measured_ns = newest_ns;
    if (next.fault == Fault::none) next.fault = Fault::back_in_time;
  }
  if (is_beat)
    beats.push(next);
  else
    cell = next;
}

void Board::show_next_beats() {
  for (std::size_t rank = 0; rank < rank_count; ++rank) {
    if (beats_[rank].empty()) continue;
    cells_[index_of(Stream::rr_ms)][rank][0] = beats_[rank].front();
    beats_[rank].pop_front();
  }
}

void Board::look(std::size_t stream) {
  auto& reading = readings_[stream];
  reading = {};
  faults_[stream] = Fault::never;
  for (const auto& parts : cells_[stream]) {
    double sum = 0.0, age_s = 0.0;
    int count = 0;
    for (const auto& cell : parts) {
      auto fault = cell.fault;
      const double cell_age_s = age_of(cell.measured_ns, now_.monotonic_ns);
      if (fault == Fault::none && cell_age_s > static_cast<double>(stream_table[stream].oldest_s))
        fault = Fault::silent;
      if (faults_[stream] == Fault::never) faults_[stream] = fault;
      if (fault != Fault::none) continue;
      sum += static_cast<double>(cell.value);
      age_s = std::max(age_s, cell_age_s);
      ++count;
    }
    if (count == 0) continue;
    reading = {static_cast<float>(sum / count), static_cast<float>(age_s), true};
    faults_[stream] = Fault::none;
    return;
  }
}

void Board::look(const FrameInstant& now) {
  now_ = now;
  show_next_beats();
  for (std::size_t stream = 0; stream < stream_count; ++stream) look(stream);
  for (std::size_t group = 0; group < group_count; ++group) {
    announce(group);
    announce_clock(group);
  }
}

/// Says it when a group of streams comes or goes.
void Board::announce(std::size_t group) {
  bool valid = false;
  auto why = Fault::never;
  for (std::size_t stream = 0; stream < stream_count; ++stream) {
    if (static_cast<std::size_t>(stream_table[stream].group) != group) continue;
    valid = valid || readings_[stream].valid;
    if (why == Fault::never) why = faults_[stream];
  }
  auto& announced = groups_[group];
  if (valid) announced.last_valid_ns = now_.monotonic_ns;
  if (valid == announced.valid) return;
  if (!valid && now_.monotonic_ns - announced.last_valid_ns < patience_ns(static_cast<Group>(group))) return;
  if (announced.ever && now_.monotonic_ns - announced.at_ns < announce_every_ns) return;
  announced.valid = valid;
  announced.ever = true;
  announced.at_ns = now_.monotonic_ns;
  notify({.kind = valid ? Notice::Kind::came : Notice::Kind::went,
          .time = now_.session,
          .group = static_cast<Group>(group),
          .fault = valid ? Fault::none : why});
}

/// Says how a sensor's clock stands, once it is known and then every minute.
void Board::announce_clock(std::size_t group) {
  auto& announced = groups_[group];
  if (!announced.clock_is_new || !announced.clock.settled) return;
  const bool first = announced.clock_at_ns == 0;
  if (!first && now_.monotonic_ns - announced.clock_at_ns < clock_every_ns) return;
  announced.clock_at_ns = now_.monotonic_ns;
  announced.clock_is_new = false;
  Notice notice{.kind = Notice::Kind::clock, .time = now_.session, .group = static_cast<Group>(group)};
  notice.clock = announced.clock;
  notice.clock.offset_s += now_.session.seconds() - static_cast<double>(now_.monotonic_ns) * 1e-9;
  notify(notice);
}

void Board::lost(std::uint64_t count) {
  notify({.kind = Notice::Kind::lost, .time = now_.session, .count = count});
}

bool Board::next_notice(Notice& notice) {
  if (notices_.empty()) return false;
  notice = notices_.front();
  notices_.pop_front();
  return true;
}

}  // namespace attune::sensors
