// Bytes from a client of the control socket: whatever they are, they ask for what is allowed or for nothing.
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string_view>

#include "session/control/line_splitter.hpp"
#include "session/control/request.hpp"

namespace {

using namespace attune;
using session::Act;

void check(const session::control::Request& request) {
  if (request.act.has_value() == !request.problem.empty()) __builtin_trap();
  if (!request.id.empty() && nlohmann::json::parse(request.id, nullptr, false).is_discarded())
    __builtin_trap();
  if (!request.act) return;
  const auto& act = *request.act;
  const bool raises = act.command.kind == telemetry::CommandKind::raise_ceiling;
  if (!(act.command.value >= 0.0F && act.command.value <= (raises ? 1.0F : 0.0F))) __builtin_trap();
  if (!(act.value >= 0.0F && act.value <= 255.0F)) __builtin_trap();
  if (act.not_before && !(act.not_before->ns >= 0 && act.not_before->seconds() <= 3600.0)) __builtin_trap();
  for (const char letter : act.text) {
    if (static_cast<unsigned char>(letter) < 0x20) __builtin_trap();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  session::control::LineSplitter splitter(session::control::longest_line);
  std::size_t told = 0;
  const auto line = [&](std::string_view text) {
    ++told;
    if (text.size() > session::control::longest_line) __builtin_trap();
    check(session::control::read_request(text));
  };
  splitter.push(bytes, line, [&] { ++told; });
  if (told > size) __builtin_trap();
  check(session::control::read_request(bytes));
  return 0;
}
