// Argoeks-redis serves an in-memory Redis on loopback for the Argo CD of the local platform.
package main

import (
	"flag"
	"log"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/alicebob/miniredis/v2"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:0", "loopback address to listen on")
	passwordFile := flag.String("password-file", "", "file that holds the password clients must give")
	flag.Parse()
	password, err := os.ReadFile(*passwordFile)
	if err != nil {
		log.Fatal(err)
	}
	server := miniredis.NewMiniRedis()
	server.RequireAuth(strings.TrimSpace(string(password)))
	if err := server.StartAddr(*addr); err != nil {
		log.Fatal(err)
	}
	log.Printf("listening on %s", server.Addr())

	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)
	// miniredis expires keys only when its clock is moved.
	tick := time.NewTicker(time.Second)
	for {
		select {
		case <-tick.C:
			server.FastForward(time.Second)
		case <-stop:
			server.Close()
			return
		}
	}
}
