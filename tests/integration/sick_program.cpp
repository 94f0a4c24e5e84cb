#include "integration/sick_program.hpp"

#include "integration/session_command.hpp"

namespace attune::test {

SickProgram::SickProgram(const std::string& sickness, const std::string& clock, const std::string& seconds,
                         const std::string& fault, const std::vector<std::string>& further) {
  const std::filesystem::path built = ATTUNE_BUILD_DIR;
  const auto folder = scratch_ / "program";
  std::filesystem::create_directory(folder);
  // The program looks beside itself, wherever a link to it leads: so it is a copy.
  std::filesystem::copy_file(built / "attune", folder / "attune");
  std::filesystem::create_symlink(built / "sick_torch" / "libattune_torch.so", folder / "libattune_torch.so");
  for (const char* name : {"libattune_xr_replay.so", "attune_xr_replay.json", "shaders"})
    std::filesystem::create_symlink(built / name, folder / name);

  std::vector<std::string> more{"--headless", "--inference", "torch", "--clock",
                                clock,        "--duration",  seconds, "--json"};
  if (clock == "virtual") more.insert(more.end(), {"--render-every", "90"});
  more.insert(more.end(), further.begin(), further.end());
  const auto command = session_command(recording(), more, {.program = (folder / "attune").string()});
  const RunningProgram::Environment environment{
      {"ATTUNE_XR_VIEW_SIZE", "32x32"},
      {"XR_API_LAYER_PATH", ATTUNE_BUILD_DIR "/layers"},
      {"XR_ENABLE_API_LAYERS", "XR_APILAYER_ATTUNE_fault"},
      {"ATTUNE_FAULT", fault},
      {"ATTUNE_FAULT_REPORT", (scratch_ / "faults").string()},
      {"ATTUNE_REAL_TORCH", (built / "libattune_torch.so").string()},
      {"ATTUNE_SICK_TORCH", sickness}};
  program_ = std::make_unique<RunningProgram>(command, environment);
}

bool SickProgram::meets(const std::string& kind, double limit_s) const {
  using Clock = std::chrono::steady_clock;
  const auto until = Clock::now() + std::chrono::duration<double>(limit_s);
  while (faults().count(kind) == 0) {
    if (Clock::now() >= until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return true;
}

Outcome SickProgram::end(double limit_s) {
  if (const auto ended = program_->end_within(limit_s)) return *ended;
  program_->signal(SIGKILL);
  return program_->end_within(10.0).value_or(Outcome{});
}

}  // namespace attune::test
