#include "attune/record/streams.hpp"

namespace attune::record {

namespace {

/// The longest beginning of `text` that fits and does not end inside a character of UTF-8.
std::string_view fitting(std::string_view text, std::size_t room) {
  if (text.size() <= room) return text;
  const auto continues = [](char letter) { return (static_cast<unsigned char>(letter) & 0xC0U) == 0x80U; };
  while (room > 0 && continues(text[room])) --room;
  return text.substr(0, room);
}

}  // namespace

Event make_event(core::SessionTime time, EventKind kind, std::string_view text,
                 std::initializer_list<double> values) {
  Event event;
  event.time = time;
  event.kind = kind;
  for (const char letter : fitting(text, event.text.capacity())) event.text.push_back(letter);
  for (const double value : values) event.values.push_back(value);
  return event;
}

}  // namespace attune::record
