#include "cli/simulate/parallel.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace attune::cli {

void in_parallel(std::size_t count, std::size_t jobs, const std::function<void(std::size_t)>& work,
                 const std::function<void(std::size_t)>& progress) {
  std::atomic<std::size_t> next{0}, done{0};
  std::mutex mutex;
  std::condition_variable all_done;
  std::vector<std::jthread> workers;
  for (std::size_t job = 0; job < std::min(jobs, count); ++job) {
    workers.emplace_back([&] {
      for (auto i = next.fetch_add(1); i < count; i = next.fetch_add(1)) {
        work(i);
        if (done.fetch_add(1) + 1 < count) continue;
        const std::lock_guard lock(mutex);
        all_done.notify_one();
      }
    });
  }
  std::unique_lock lock(mutex);
  while (!all_done.wait_for(lock, std::chrono::milliseconds(200), [&] { return done.load() == count; })) {
    if (progress) progress(done.load());
  }
  if (progress) progress(count);
}

}  // namespace attune::cli
