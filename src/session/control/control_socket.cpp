#include "attune/session/control_socket.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <map>
#include <optional>
#include <thread>
#include <vector>

#include "session/control/client.hpp"
#include "session/control/messages.hpp"
#include "session/control/request.hpp"
#include "session/control/socket_path.hpp"

namespace attune::session {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

namespace {

constexpr auto tick = 10ms;
constexpr auto time_to_flush = 500ms;
constexpr auto worth_naming = 2s;  // statuses come once a second
constexpr std::size_t most_clients = 16;
constexpr std::size_t most_tickets = 1024;

}  // namespace

class ControlSocket::Server final : public control::ClientHost {
 public:
  Server(control::ListeningSocket socket, std::shared_ptr<TherapistLine> line, Greeting greeting)
      : socket_(std::move(socket)),
        line_(std::move(line)),
        greeting_(std::move(greeting)),
        acceptor_(io_, asio::local::stream_protocol(), socket_.release()),
        timer_(io_) {
    accept();
    wait();
    thread_ = std::thread([this] { run(); });
  }
  ~Server() {
    asio::post(io_, [this] { closing_since_ = Steady::now(); });
    thread_.join();
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

 private:
  using ClientPointer = std::shared_ptr<control::Client>;

  /// Who waits for the outcome of an act.
  struct Ticket {
    std::weak_ptr<control::Client> client;
    std::string id;
  };

  void run() {
    try {
      io_.run();
    } catch (const std::exception& error) {
      spdlog::error("--control: {}: the socket is given up, the session goes on", error.what());
    }
  }

  void accept() {
    acceptor_.async_accept([this](const boost::system::error_code& problem, control::Client::Socket socket) {
      accepting_ = false;  // the next tick goes on: where it fails, as without descriptors, not at once
      if (!problem) welcome(std::make_shared<control::Client>(std::move(socket), *this));
    });
    accepting_ = true;
  }

  void welcome(const ClientPointer& client) {
    if (clients_.size() >= most_clients) {
      client->send(control::refusal({}, "busy", "too many clients are connected"));
      return;  // it goes once that has been sent
    }
    client->send(control::hello(greeting_));
    client->start();
    clients_.push_back(client);
  }

  void heard(control::Client& client, std::string_view text) override {
    auto request = control::read_request(text);
    if (!request.problem.empty()) {
      client.send(control::refusal(request.id, "malformed", request.problem));
      return;
    }
    const bool later = request.act->not_before.has_value() && greeting_.virtual_clock;
    if (!later) line_->say_here();
    if (request.act->not_before && !later) {
      client.send(control::refusal(request.id, "not_possible", "'at_s' needs --clock virtual"));
    } else if (request.act->kind == Act::Kind::here && !later) {
      client.send(control::agreement(request.id));
    } else {
      forward(client, *request.act, std::move(request.id));
    }
  }

  void heard_too_long_a_line(control::Client& client) override {
    client.send(control::refusal({}, "malformed", "a line is at most 4096 bytes"));
  }

  void forward(control::Client& client, Act act, std::string id) {
    act.ticket = ++last_ticket_;
    if (!line_->send(act)) {
      client.send(control::refusal(id, "busy", "too much waits to be done: send it again"));
      return;
    }
    if (tickets_.size() >= most_tickets) tickets_.erase(tickets_.begin());  // its outcome was lost
    tickets_[act.ticket] = {client.weak_from_this(), std::move(id)};
  }

  void wait() {
    timer_.expires_after(tick);
    timer_.async_wait([this](const boost::system::error_code&) { pump(); });
  }

  /// What the session has told goes to the clients, and they may speak again.
  void pump() {
    for (Notice notice; line_->next(notice);) tell(notice);
    if (const auto lost = line_->take_lost(); lost > 0) tell_all(control::lost(lost));
    tell_silence();
    for (const auto& client : std::vector(clients_)) client->tick();
    std::erase_if(clients_, [](const auto& client) { return client->gone(); });
    if (!accepting_ && !closing_since_) accept();
    if (closing_since_ && is_done()) {
      io_.stop();
      return;
    }
    wait();
  }

  void tell(const Notice& notice) {
    if (const auto* status = std::get_if<Status>(&notice)) {
      last_status_ = Steady::now();
      silence_told_ = 0s;
      tell_all(control::message(*status, greeting_));
    } else if (const auto* event = std::get_if<record::Event>(&notice)) {
      tell_all(control::message(*event));
    } else {
      const auto& outcome = std::get<Outcome>(notice);
      const auto ticket = tickets_.find(outcome.ticket);
      if (ticket == tickets_.end()) return;
      if (const auto client = ticket->second.client.lock())
        client->send(control::reply(ticket->second.id, outcome, greeting_));
      tickets_.erase(ticket);
    }
  }

  void tell_all(const std::string& message) {
    for (const auto& client : clients_) client->send(message);
  }

  /// Once a second, when no frame comes any more.
  void tell_silence() {
    if (!last_status_ || closing_since_) return;
    const auto silence = std::chrono::floor<std::chrono::seconds>(Steady::now() - *last_status_);
    if (silence < worth_naming || silence == silence_told_) return;
    silence_told_ = silence;
    tell_all(control::silence(static_cast<double>(silence.count())));
  }

  [[nodiscard]] bool is_done() const {
    return Steady::now() - *closing_since_ > time_to_flush ||
           std::all_of(clients_.begin(), clients_.end(),
                       [](const auto& client) { return client->flushed(); });
  }

  control::ListeningSocket socket_;
  std::shared_ptr<TherapistLine> line_;
  Greeting greeting_;
  asio::io_context io_{1};
  asio::local::stream_protocol::acceptor acceptor_;
  asio::steady_timer timer_;
  std::vector<ClientPointer> clients_;
  std::map<std::uint64_t, Ticket> tickets_;
  std::uint64_t last_ticket_ = 0;
  bool accepting_ = false;
  std::optional<Steady::time_point> last_status_, closing_since_;
  std::chrono::seconds silence_told_{0};
  std::thread thread_;
};

ControlSocket::ControlSocket(std::unique_ptr<Server> server) : server_(std::move(server)) {}
ControlSocket::~ControlSocket() = default;

core::Result<std::unique_ptr<ControlSocket>> ControlSocket::open(const std::filesystem::path& path,
                                                                 std::shared_ptr<TherapistLine> line,
                                                                 Greeting greeting) {
  auto socket = control::ListeningSocket::open(path);
  if (!socket) return socket.error();
  auto server = std::make_unique<Server>(std::move(*socket), std::move(line), std::move(greeting));
  return std::unique_ptr<ControlSocket>(new ControlSocket(std::move(server)));
}

}  // namespace attune::session
