// Command go reads dates of answers and prints each as milliseconds since 1970, or "no bound".
package main

import (
	"fmt"
	"log"
	"os"
	"time"
)

func readDate(text string) (date time.Time, bounded bool, err error) {
	date, err = time.Parse(time.RFC3339, text)
	return date, !date.IsZero(), err
}

func main() {
	for _, argument := range os.Args[1:] {
		date, bounded, err := readDate(argument)
		switch {
		case err != nil:
			log.Fatal(err)
		case bounded:
			fmt.Println(date.UnixMilli())
		default:
			fmt.Println("no bound")
		}
	}
}
